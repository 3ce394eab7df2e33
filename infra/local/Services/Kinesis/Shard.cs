namespace Isobar.Local.Services.Kinesis;

/// <summary>One shard of a stream: records in order, the oldest of which expire. A part of the service's state.
/// </summary>
/// <param name="number">Its place among all shards that the stream ever had, from 0.</param>
/// <param name="parents">None for a stream's first shards, two after a merge.</param>
/// <param name="second">When it was opened, in seconds since 1970, and later than its parents were.</param>
internal sealed class Shard(
    int number, HashRange range, IReadOnlyList<Shard> parents, DateTimeOffset opened, long second)
{
    private readonly KeptRecords<StoredRecord> records = new(first: 1);
    private readonly RateWindow writtenRecords = new(KinesisLimits.WriteRecordsPerSecond);
    private readonly RateWindow writtenBytes = new(KinesisLimits.WriteBytesPerSecond);
    private readonly RateWindow reads = new(KinesisLimits.ReadsPerSecond);
    private readonly RateWindow readBytes = new(KinesisLimits.ReadBytesPerSecond);

    public string Id { get; } = IdOf(number);

    public int Number => number;

    public HashRange Range => range;

    public IReadOnlyList<string> ParentIds { get; } = [.. parents.Select(parent => parent.Id)];

    public DateTimeOffset Opened => opened;

    public long OpenedSecond => second;

    /// <summary>When it was split or merged; null while it takes records.</summary>
    public DateTimeOffset? Closed { get; private set; }

    /// <summary>The index that its next record has.</summary>
    public long Next => records.Next;

    /// <summary>The index of the oldest record that is kept; <see cref="Next"/> when none is.</summary>
    public long FirstKept => records.FirstKept;

    public int Count => records.Count;

    public StoredRecord? Oldest => records.Oldest;

    public StoredRecord? Newest => records.Newest;

    public string StartingSequenceNumber => new SequenceNumber(second, number, 0, second).ToString();

    /// <summary>Null while it takes records.</summary>
    public string? EndingSequenceNumber => Closed is { } closed
        ? SequenceNumber.EndOf(second, number, closed.ToUnixTimeSeconds()).ToString()
        : null;

    /// <summary>For example <c>shardId-000000000000</c>.</summary>
    public static string IdOf(int number) => $"shardId-{number:D12}";

    public SequenceNumber NumberOf(StoredRecord record) =>
        new(second, number, record.Index, record.At.ToUnixTimeSeconds());

    /// <summary>The sequence number that the record before an index has, or would have.</summary>
    public SequenceNumber NumberBefore(long index, DateTimeOffset now) =>
        new(second, number, index - 1, index <= 1 ? second : now.ToUnixTimeSeconds());

    /// <summary>Whether it has this record, or had it, or begins with that number.</summary>
    public bool Has(SequenceNumber place) =>
        place.ShardSecond == second && place.Shard == number && (place.Index < Next || Closed is not null);

    /// <summary>Adds a record.</summary>
    /// <returns>Null when the shard has no room for it in this second.</returns>
    public StoredRecord? TryAdd(RecordDraft draft, DateTimeOffset now)
    {
        if (!writtenRecords.Fits(1, now) || !writtenBytes.Fits(draft.Bytes, now)) return null;
        writtenRecords.Take(1, now);
        writtenBytes.Take(draft.Bytes, now);
        var record = new StoredRecord(Next, now, draft.PartitionKey, draft.Data);
        records.Add(record);
        return record;
    }

    public void Close(DateTimeOffset now) => Closed ??= now;

    /// <summary>Whether GetRecords may read it now, which counts as a read.</summary>
    public bool TryBeginRead(DateTimeOffset now)
    {
        if (!reads.IsOpen(now) || !readBytes.IsOpen(now)) return false;
        reads.Take(1, now);
        return true;
    }

    /// <summary>GetRecords has read so much.</summary>
    public void EndRead(long bytes, DateTimeOffset now)
    {
        if (bytes > 0) readBytes.Take(bytes, now);
    }

    /// <summary>Removes the oldest record.</summary>
    public StoredRecord Trim() => records.Trim();

    /// <summary>The records from an index on; those that have expired are passed over.</summary>
    /// <param name="maxBytes">Of the data of all after the first.</param>
    public IReadOnlyList<StoredRecord> From(long index, int maximum, long maxBytes) =>
        records.From(index, maximum, maxBytes);

    /// <summary>The index of the first record at or after an instant.</summary>
    public long FirstSince(DateTimeOffset instant) => records.FirstSince(instant);

    /// <summary>How far a reader is behind that reads on from an index.</summary>
    /// <returns>Zero when it has read everything; a millisecond at least otherwise.</returns>
    public long MillisecondsBehind(long index, DateTimeOffset now) =>
        From(index, 1, 0) is [var unread] ? Math.Max(1, (long)(now - unread.At).TotalMilliseconds) : 0;
}
