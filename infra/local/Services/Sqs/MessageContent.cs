namespace Isobar.Local.Services.Sqs;

/// <summary>What a producer sent; it never changes.</summary>
/// <param name="Body">UTF-8.</param>
/// <param name="BodyMd5">Lower-case hexadecimal.</param>
/// <param name="SenderId">Who sent it: the account, since every key is its root's.</param>
/// <param name="TraceHeader">The system attribute AWSTraceHeader, if sent.</param>
/// <param name="Bytes">Body and attributes, as the size limits count them.</param>
internal sealed record MessageContent(
    string MessageId, ReadOnlyMemory<byte> Body, string BodyMd5,
    IReadOnlyDictionary<string, MessageAttributeValue> Attributes, string SenderId, string? TraceHeader, int Bytes)
{
    /// <summary>Its MessageGroupId, by which a standard queue is fair and a FIFO queue orders; null for none.</summary>
    public string? MessageGroupId { get; init; }

    /// <summary>Given by the sender or made from the body; null in a standard queue.</summary>
    public string? MessageDeduplicationId { get; init; }
}

/// <summary>A message to be sent.</summary>
/// <param name="Delay">0 s to 15 min, or null for the queue's own.</param>
internal sealed record MessageDraft(MessageContent Content, TimeSpan? Delay);

/// <summary>A message as one receive saw it.</summary>
internal sealed record ReceivedMessage(
    MessageContent Content, string ReceiptHandle, DateTimeOffset Sent, DateTimeOffset FirstReceived, int ReceiveCount,
    string? DeadLetterQueueSourceArn)
{
    /// <summary>Null for a standard queue.</summary>
    public string? SequenceNumber { get; init; }
}
