using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record ChangeMessageVisibilityRequest(string? QueueUrl, string? ReceiptHandle, int? VisibilityTimeout);

/// <summary>Hides a received message again for a time from now on; zero makes it visible at once.</summary>
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
        var seconds = request.VisibilityTimeout ?? throw SqsErrors.MissingParameter("VisibilityTimeout");
        var timeout = Parameters.Check(queues, key, () => Parameters.VisibilityTimeout(seconds));
        queues.Post((state, now) => state.ChangeVisibility(key, handle, timeout, now));
        return new EmptyResponse();
    }
}
