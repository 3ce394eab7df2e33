using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>One shard of a stream: an ordered sequence of records.</summary>
/// <param name="ParentIds">
/// The shards whose records come before this shard's: one, two after a merge, none for the stream's first shards.
/// </param>
/// <param name="IsClosed">Whether no record is added any more.</param>
internal sealed record StreamShard(string ShardId, IReadOnlyList<string> ParentIds, bool IsClosed);

/// <summary>One record of a shard.</summary>
/// <param name="SequenceNumber">What a partial batch response and a checkpoint name: decimal digits.</param>
/// <param name="Key">Records of one shard with the same key stay in order, whatever the parallelization.</param>
/// <param name="Arrived">When the stream took the record, in service time.</param>
/// <param name="EventRecord">The record that an invocation's event carries for it, as UTF-8 JSON.</param>
internal sealed record StreamRecord(
    string SequenceNumber, string Key, DateTimeOffset Arrived, ReadOnlyMemory<byte> EventRecord);

/// <summary>What a read of a shard came to.</summary>
/// <param name="Records">In order; none only at the end of the shard.</param>
/// <param name="IsEnd">Whether the shard is closed and these are its last records.</param>
/// <param name="Work">Holds the clock from before the records were handed out until the reader disposes it.</param>
internal readonly record struct ShardRead(IReadOnlyList<StreamRecord> Records, bool IsEnd, Activity.Lease? Work);

/// <summary>Where the reading of a stream begins.</summary>
/// <param name="Name">One of the constants, as the API spells them.</param>
/// <param name="Timestamp">The instant, for <see cref="AtTimestamp"/>.</param>
internal sealed record StreamStart(string Name, DateTimeOffset? Timestamp = null)
{
    public const string TrimHorizon = "TRIM_HORIZON";
    public const string Latest = "LATEST";
    public const string AtTimestamp = "AT_TIMESTAMP";
}

/// <summary>A service with streams that an event source mapping can read.</summary>
internal interface IStreamSource : IServiceRole
{
    /// <summary>The member of an on-failure record that describes the batch: <c>DDBStreamBatchInfo</c>.</summary>
    string BatchInfoName { get; }

    /// <summary>How an on-failure record writes when records arrived, as a .NET format of UTC.</summary>
    string ArrivalFormat { get; }

    /// <summary>Checks whether a mapping can read the stream from there.</summary>
    /// <returns>The message of Lambda's InvalidParameterValueException; null when it can.</returns>
    string? Refuse(Arn stream, StreamStart start);

    /// <summary>Makes a reader of one stream, for one mapping.</summary>
    /// <param name="stream">One that <see cref="Refuse"/> accepted.</param>
    /// <param name="role">The ARN of the role that reads.</param>
    IStreamReader CreateReader(Arn stream, string role);
}

/// <summary>Reads the shards of one stream; it keeps no position of its own.</summary>
internal interface IStreamReader
{
    /// <summary>How long the stream keeps a record, in service time; null when the stream is gone.</summary>
    TimeSpan? Retention { get; }

    /// <summary>The shards that the stream keeps, parents before their children.</summary>
    /// <exception cref="Wire.AwsException">The stream is gone.</exception>
    IReadOnlyList<StreamShard> Shards();

    /// <summary>Finds where a shard is read from.</summary>
    /// <returns>The sequence number after which to read; null for the oldest record that is kept.</returns>
    /// <exception cref="Wire.AwsException">The stream is gone.</exception>
    string? Locate(string shardId, StreamStart start);

    /// <summary>
    /// Waits, without a time limit of its own, until the shard has a record after the position, or ends. A shard that
    /// is no longer kept is at its end. Records that were trimmed are passed over.
    /// </summary>
    /// <param name="after">A sequence number, or null for the oldest record.</param>
    /// <param name="maximum">1 to 10,000 records.</param>
    /// <param name="maxBytes">Bytes of all records after the first, at most.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    /// <exception cref="Wire.AwsException">The stream is gone, also while waiting.</exception>
    ValueTask<ShardRead> ReadAsync(
        string shardId, string? after, int maximum, int maxBytes, CancellationToken cancellationToken);

    /// <summary>The record as filter patterns see it: with data decoded that the event has encoded.</summary>
    ReadOnlyMemory<byte> ForFilter(StreamRecord record) => record.EventRecord;
}
