using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record ChangeMessageVisibilityRequest(string? QueueUrl, string? ReceiptHandle, int? VisibilityTimeout);

/// <summary>Hides a received message for another time, counted from now; zero shows it at once.</summary>
/// <remarks>Source: Amazon SQS API Reference, ChangeMessageVisibility.</remarks>
internal static class ChangeMessageVisibility
{
    /// <exception cref="AwsException">QueueDoesNotExist, MissingParameter, ReceiptHandleIsInvalid,
    /// InvalidParameterValue.</exception>
    public static EmptyResponse Handle(
        Monitor<SqsState> queues, ChangeMessageVisibilityRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var handle = Parameters.Required(request.ReceiptHandle, "ReceiptHandle");
        var timeout = Parameters.VisibilityTimeout(
            request.VisibilityTimeout ?? throw SqsErrors.MissingParameter("VisibilityTimeout"));
        queues.Post((state, now) => state.ChangeVisibility(key, handle, timeout, now));
        return new EmptyResponse();
    }
}
