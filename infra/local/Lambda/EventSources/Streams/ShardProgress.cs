using System.Text;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>How far a mapping is with one shard: what it has read, and the lanes that work on it. A part of
/// <see cref="StreamState"/>.</summary>
internal sealed class ShardProgress
{
    private long order;
    private int faults;

    public ShardProgress(string shardId, string? after, int lanes)
    {
        (ShardId, After) = (shardId, after);
        Lanes = Make(lanes);
    }

    public string ShardId { get; }

    /// <summary>The sequence number of the last record that was read; null before any.</summary>
    public string? After { get; private set; }

    public Lane[] Lanes { get; private set; }

    public bool IsReading { get; set; }

    /// <summary>Whether the shard is closed and its last record was read.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Until when it is not read, because it could not be.</summary>
    public DateTimeOffset? PausedUntil { get; private set; }

    /// <summary>Records that are read and not done.</summary>
    public int Held { get; private set; }

    public long HeldBytes { get; private set; }

    public bool IsDone => IsEnd && Array.TrueForAll(Lanes, lane => lane.IsDone);

    /// <summary>How many more records may be read now; none while enough of them wait.</summary>
    public int Room(StreamMapping mapping) => HeldBytes < MaxHeldBytes(mapping)
        ? Math.Max(0, (int)Math.Min(MappingLimits.MaxBatchSize, MaxHeld(mapping) - Held))
        : 0;

    /// <summary>Takes over what a read came to.</summary>
    /// <param name="passes">Whether a record is for the function.</param>
    /// <returns>How many are.</returns>
    public int Take(ShardRead read, Func<StreamRecord, bool> passes, DateTimeOffset now)
    {
        (IsReading, faults) = (false, 0);
        if (read.IsEnd) IsEnd = true;
        var before = Held;
        foreach (var record in read.Records)
        {
            After = record.SequenceNumber;
            if (passes(record)) Add(new ReadRecord(record, order++, now));
        }

        return Held - before;
    }

    /// <summary>It could not be read: it is again after 1, 2, 4 … at most 60 s.</summary>
    public void Pause(DateTimeOffset now)
    {
        IsReading = false;
        PausedUntil = now + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(faults++, 6)), 60));
    }

    public void EndPause() => PausedUntil = null;

    /// <summary>Records are done or given up.</summary>
    public void Done(IEnumerable<ReadRecord> records)
    {
        foreach (var record in records)
        {
            Held--;
            HeldBytes -= record.Bytes;
        }
    }

    /// <summary>Gives what is not done to new lanes, by other settings. No lane may be invoking.</summary>
    /// <param name="passes">Whether a record is for the function.</param>
    /// <param name="keepsWindows">Whether the windows that are open go on.</param>
    public void Rearrange(int lanes, Func<StreamRecord, bool> passes, bool keepsWindows)
    {
        var before = Lanes;
        (Held, HeldBytes, Lanes) = (0, 0, Make(lanes));
        if (keepsWindows && before.Length == lanes)
            for (var i = 0; i < lanes; i++) Lanes[i].TakeWindow(before[i]);
        foreach (var record in before.SelectMany(lane => lane.Left).OrderBy(record => record.Order))
            if (passes(record.Record)) Add(record);
    }

    // Lanes that wait for a blocked one still find records, until these are too many.
    private static long MaxHeld(StreamMapping mapping) =>
        (long)mapping.BatchSize * (mapping.Settings.ParallelizationFactor + 1);

    private static long MaxHeldBytes(StreamMapping mapping) =>
        (long)MappingLimits.MaxBatchBytes * (mapping.Settings.ParallelizationFactor + 1);

    // FNV-1a: a key has the same lane in every run.
    private static uint Hash(string key)
    {
        var hash = 2_166_136_261u;
        foreach (var part in Encoding.UTF8.GetBytes(key)) hash = (hash ^ part) * 16_777_619u;
        return hash;
    }

    private Lane[] Make(int lanes) => [.. Enumerable.Range(0, lanes).Select(_ => new Lane(ShardId))];

    private void Add(ReadRecord record)
    {
        Held++;
        HeldBytes += record.Bytes;
        Lanes[Lanes.Length == 1 ? 0 : Hash(record.Record.Key) % Lanes.Length].Add(record);
    }
}
