namespace Isobar.Local.Services.Sqs;

/// <summary>The system attributes of a received message.</summary>
/// <remarks>Source: Amazon SQS API Reference, ReceiveMessage, MessageSystemAttributeNames.</remarks>
internal static class SystemAttributes
{
    public static IEnumerable<KeyValuePair<string, string>> Of(ReceivedMessage message)
    {
        yield return new("ApproximateReceiveCount", QueueAttributes.Number(message.ReceiveCount));
        if (message.Content.TraceHeader is { } trace) yield return new("AWSTraceHeader", trace);
        if (message.Content.MessageGroupId is { } group) yield return new("MessageGroupId", group);
        if (message.Content.MessageDeduplicationId is { } id) yield return new("MessageDeduplicationId", id);
        if (message.SequenceNumber is { } number) yield return new("SequenceNumber", number);
        yield return new("SentTimestamp", QueueAttributes.Number(message.Sent.ToUnixTimeMilliseconds()));
        yield return new("SenderId", message.Content.SenderId);
        yield return new("ApproximateFirstReceiveTimestamp",
            QueueAttributes.Number(message.FirstReceived.ToUnixTimeMilliseconds()));
        if (message.DeadLetterQueueSourceArn is { } source) yield return new("DeadLetterQueueSourceArn", source);
    }
}
