namespace Isobar.Local.Services.Sqs;

/// <summary>Where messages go that were received too often.</summary>
/// <param name="DeadLetterTarget">A queue of the same account and region.</param>
/// <param name="MaxReceiveCount">1 to 1,000 receives; the next one moves the message instead.</param>
internal sealed record RedrivePolicy(Arn DeadLetterTarget, int MaxReceiveCount);

/// <summary>What can be set on a queue.</summary>
/// <param name="MaximumMessageSize">1,024 to 1,048,576 bytes.</param>
internal sealed record QueueSettings(
    TimeSpan VisibilityTimeout, TimeSpan Retention, TimeSpan Delay, TimeSpan ReceiveWait, int MaximumMessageSize,
    RedrivePolicy? Redrive)
{
    /// <summary>Null for a standard queue.</summary>
    public FifoSettings? Fifo { get; init; }

    public static QueueSettings Default { get; } = new(
        SqsLimits.DefaultVisibilityTimeout, SqsLimits.DefaultRetention, TimeSpan.Zero, TimeSpan.Zero,
        SqsLimits.MaxMessageBytes, null);
}
