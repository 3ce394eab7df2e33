namespace Isobar.Local.Services.Kinesis;

/// <summary>A record of a shard.</summary>
/// <param name="Index">Its place in the shard, from 1, without gaps.</param>
/// <param name="At">When it arrived, service time.</param>
internal sealed record StoredRecord(long Index, DateTimeOffset At, string PartitionKey, byte[] Data) : IStreamed
{
    // Beside key and data, in memory; a limit of this host is counted with it.
    private const int OverheadBytes = 160;

    /// <summary>What it counts for in answers: its data.</summary>
    public int Size => Data.Length;

    /// <summary>What it counts for in the memory of streams.</summary>
    public long KeptBytes => Data.Length + 2L * PartitionKey.Length + OverheadBytes;
}

/// <summary>A record that is to be put.</summary>
/// <param name="Bytes">Of data and partition key, as AWS counts them.</param>
/// <param name="Hash">Of the partition key, or the one that the caller wants in its place.</param>
internal sealed record RecordDraft(string PartitionKey, byte[] Data, UInt128 Hash, int Bytes);

/// <summary>Where a record was put.</summary>
/// <param name="SequenceNumber">Null when the shard had no room for it in this second.</param>
internal readonly record struct PutResult(Shard Shard, SequenceNumber? SequenceNumber);
