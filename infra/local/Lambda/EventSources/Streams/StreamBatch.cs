using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>A record that a mapping has read.</summary>
/// <param name="Order">Its place among the shard's records.</param>
/// <param name="Read">When it was read, in service time.</param>
internal sealed record ReadRecord(StreamRecord Record, long Order, DateTimeOffset Read)
{
    public int Bytes => Record.EventRecord.Length;
}

/// <summary>Records of one lane on their way through invocations, until they are done or given up.</summary>
/// <param name="shardId">The shard that they are of.</param>
/// <param name="records">In order; none only in the last invocation of a tumbling window.</param>
internal sealed class StreamBatch(string shardId, IReadOnlyList<ReadRecord> records)
{
    public string ShardId => shardId;

    public IReadOnlyList<ReadRecord> Records => records;

    /// <summary>Invocations that these records, or a batch that they were part of, have been through.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that count towards the most that the mapping allows.</summary>
    public int Retries { get; init; }

    /// <summary>The latest wait before an attempt; zero before any.</summary>
    public TimeSpan Backoff { get; init; }

    /// <summary>The tumbling window that the batch belongs to; null without windows.</summary>
    public WindowView? Window { get; init; }

    /// <summary>Some of the records as a batch with the same history.</summary>
    public StreamBatch Part(int from, int to) => With([.. records.Skip(from).Take(to - from)], Attempts, Retries);

    /// <summary>The batch after an attempt that failed.</summary>
    /// <param name="isCounted">Whether that counts towards the most that the mapping allows.</param>
    public StreamBatch Failed(bool isCounted) => With(records, Attempts + 1, Retries + (isCounted ? 1 : 0));

    /// <summary>The batch before another attempt after a wait.</summary>
    public StreamBatch After(TimeSpan backoff) => new(shardId, records)
    {
        Attempts = Attempts, Retries = Retries, Window = Window, Backoff = backoff,
    };

    /// <summary>The batch with what its window has come to; a window's last invocation stays as it is.</summary>
    public StreamBatch In(WindowView? window) => Window is { IsFinal: true } ? this : new StreamBatch(shardId, records)
    {
        Attempts = Attempts, Retries = Retries, Backoff = Backoff, Window = window,
    };

    private StreamBatch With(IReadOnlyList<ReadRecord> some, int attempts, int retries) => new(shardId, some)
    {
        Attempts = attempts, Retries = retries, Window = Window, Backoff = Backoff,
    };
}

/// <summary>What an invocation is told of its tumbling window.</summary>
/// <param name="State">JSON that the previous invocation of the window returned; <c>{}</c> in the first.</param>
/// <param name="IsFinal">Whether it is the window's last invocation.</param>
/// <param name="IsTerminatedEarly">Whether the window ends because its state became too large.</param>
internal sealed record WindowView(
    DateTimeOffset Start, DateTimeOffset End, ReadOnlyMemory<byte> State, bool IsFinal, bool IsTerminatedEarly);

/// <summary>What an attempt with a batch came to.</summary>
internal abstract record StreamOutcome
{
    /// <summary>The version that ran; null when none did.</summary>
    public string? ExecutedVersion { get; init; }

    /// <summary>The attempt's request id.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>The function took all records.</summary>
    /// <param name="State">What the window goes on with; null without windows.</param>
    public sealed record Succeeded(ReadOnlyMemory<byte>? State) : StreamOutcome;

    /// <summary>The function took the records before an index.</summary>
    public sealed record TookUpTo(int Index, ReadOnlyMemory<byte>? State) : StreamOutcome;

    /// <summary>The function failed as a whole.</summary>
    /// <param name="FunctionError"><c>Unhandled</c>; null when it answered, with something that is a failure.</param>
    public sealed record Failed(string? FunctionError, string Reason) : StreamOutcome;

    /// <summary>Lambda has not run the function: that is no attempt.</summary>
    public sealed record NotRun(string Reason) : StreamOutcome;
}
