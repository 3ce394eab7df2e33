using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record ReceiveMessageRequest(
    string? QueueUrl, int? MaxNumberOfMessages, int? VisibilityTimeout, int? WaitTimeSeconds,
    string?[]? AttributeNames, string?[]? MessageSystemAttributeNames, string?[]? MessageAttributeNames,
    string? ReceiveRequestAttemptId);

internal sealed record ReceiveMessageResponse(List<Message>? Messages);

internal sealed record Message(
    string MessageId, string ReceiptHandle, string MD5OfBody, Utf8Text Body, Dictionary<string, string>? Attributes,
    string? MD5OfMessageAttributes, Dictionary<string, MessageAttributeValue>? MessageAttributes);

/// <summary>Receives messages and hides them; waits for the first up to WaitTimeSeconds.</summary>
/// <remarks>Source: Amazon SQS API Reference, ReceiveMessage.</remarks>
internal static class ReceiveMessage
{
    /// <exception cref="AwsException">QueueDoesNotExist, InvalidParameterValue, InvalidAttributeName, OverLimit,
    /// RequestThrottled.</exception>
    public static async ValueTask<ReceiveMessageResponse> HandleAsync(
        Monitor<SqsState> queues, ReceiveMessageRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var (terms, selection) = Parameters.Check(queues, key, () => (Terms(request), new AttributeSelection(
            [.. request.AttributeNames ?? [], .. request.MessageSystemAttributeNames ?? []],
            request.MessageAttributeNames ?? [])));
        var waiter = queues.Ask((state, now) => state.Receive(key, terms, now));
        try
        {
            var (messages, _) = await waiter.Answer.WaitAsync(scope.Aborted);
            return new ReceiveMessageResponse(messages.Count > 0 ? [.. messages.Select(selection.Show)] : null);
        }
        catch (OperationCanceledException)
        {
            queues.Post((state, _) => state.Withdraw(waiter));
            throw;
        }
    }

    private static ReceiveTerms Terms(ReceiveMessageRequest request)
    {
        var maximum = request.MaxNumberOfMessages ?? 1;
        if (maximum is < 1 or > SqsLimits.MaxReceiveMessages)
            throw SqsErrors.InvalidParameter(
                "MaxNumberOfMessages", maximum, "Must be between 1 and 10, if provided.");
        if (request.WaitTimeSeconds is { } wait && (wait < 0 || wait > SqsLimits.MaxWait.TotalSeconds))
            throw SqsErrors.InvalidParameter("WaitTimeSeconds", wait, "Must be >= 0 and <= 20, if provided.");
        if (request.VisibilityTimeout is { } timeout
            && (timeout < 0 || timeout > SqsLimits.MaxVisibilityTimeout.TotalSeconds))
            throw SqsErrors.InvalidParameter("VisibilityTimeout", timeout, "Must be >= 0 and <= 43200, if provided.");
        Parameters.CheckId("ReceiveRequestAttemptId", request.ReceiveRequestAttemptId);
        return new ReceiveTerms(maximum, long.MaxValue, Seconds(request.VisibilityTimeout),
            Seconds(request.WaitTimeSeconds))
        {
            AttemptId = request.ReceiveRequestAttemptId,
        };
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
