using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>
/// A batch from when it is complete until it is settled. Its settings belong to <see cref="MappingState"/>, its request
/// to the runner.
/// </summary>
internal sealed class Batch(MessageBatch gathered)
{
    public IReadOnlyList<SourceRecord> Messages => gathered.Messages;

    /// <summary>The message groups that have to wait for its end.</summary>
    public IReadOnlySet<string> Groups { get; } =
        gathered.Messages.Select(message => message.Group).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether the function took all of its messages, and they are deleted.</summary>
    public bool IsDone { get; set; }

    /// <summary>When the first of its messages was received, in service time.</summary>
    public DateTimeOffset FirstReceived => gathered.FirstReceived;

    /// <summary>The same for every attempt; empty before the first.</summary>
    public string RequestId { get; private set; } = "";

    /// <summary>The trace that all attempts are part of; empty before the first.</summary>
    public string TraceId { get; private set; } = "";

    /// <summary>The invocation's event; empty before the first attempt.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>How long the queue hides a received message; as it was when the batch was invoked.</summary>
    public TimeSpan Visibility { get; set; }

    /// <summary>When the queue hands the first message out again.</summary>
    public DateTimeOffset HiddenUntil { get; set; }

    /// <summary>When its messages are hidden for longer, if it has not ended by then.</summary>
    public DateTimeOffset? KeepHiddenAt { get; set; }

    /// <summary>When it is invoked again after a throttle; null while it is invoked.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>The latest wait after a throttle; zero before any.</summary>
    public TimeSpan Backoff { get; set; }

    /// <summary>Makes the event of its first attempt.</summary>
    /// <returns>False when it was made before.</returns>
    public bool Prepare(string requestId, string traceId)
    {
        if (RequestId.Length > 0) return false;
        (RequestId, TraceId, Payload) = (requestId, traceId, gathered.ToEvent());
        return true;
    }
}
