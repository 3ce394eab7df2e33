using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>What the state of a stream's mapping decides.</summary>
internal abstract record StreamEffect;

/// <summary>Find the stream's shards, and where each that is new is read from.</summary>
/// <param name="Start">Where the reading of shards begins that no reading has led to.</param>
internal sealed record FindShards(StreamStart Start) : StreamEffect;

/// <summary>Wait for records of a shard and tell the state of them. The wait is not work.</summary>
internal sealed record BeginRead(string ShardId, string? After, int Maximum, int MaxBytes) : StreamEffect;

/// <summary>End the reads that wait; the state is told of what they have read after all, or of nothing.</summary>
internal sealed record EndReads : StreamEffect;

/// <summary>Invoke the function with a batch, and tell the state how that ended.</summary>
internal sealed record InvokeBatch(StreamMapping Mapping, Lane Lane, StreamBatch Batch) : StreamEffect;

/// <summary>Give a batch up: its record goes to the on-failure destination.</summary>
/// <param name="Condition">RetryAttemptsExhausted or RecordAgeExceeded.</param>
/// <param name="Last">The last attempt; null when there was none that counts.</param>
internal sealed record GiveUpBatch(
    StreamMapping Mapping, StreamBatch Batch, string Condition, StreamOutcome.Failed? Last, string RequestId,
    string? ExecutedVersion) : StreamEffect;

/// <summary>Tell whoever stopped the mapping that nothing of it is under way any more.</summary>
internal sealed record ReportStreamStopped : StreamEffect;

/// <summary>A shard that was found, and where it is read from.</summary>
/// <param name="After">The sequence number after which to read; null for the oldest record.</param>
internal sealed record FoundShard(StreamShard Shard, string? After);
