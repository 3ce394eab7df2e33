using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>
/// One mapping's way from the records of a stream to invocations: reads the shards, parents before their children,
/// gives the records to lanes, and decides what happens after each attempt. It outlives changes of the mapping, so that
/// a stopped mapping goes on where it was.
/// </summary>
/// <param name="forFilter">Gives a record as filters see it.</param>
internal sealed partial class StreamState(
    StreamMapping configured, Func<StreamRecord, ReadOnlyMemory<byte>> forFilter)
    : ITimedState, IDecidingState<StreamEffect>
{
    private readonly Dictionary<string, ShardProgress> shards = new(StringComparer.Ordinal);
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);
    private readonly List<FoundShard> waitingForParents = [];
    private StreamMapping mapping = configured;
    private StreamMapping? next;
    private bool isFinding;
    private bool hasFound;
    private bool mustFind;
    private DateTimeOffset? findAgainAt;
    private int faults;
    private int invoking;
    private bool stopped = !configured.Enabled;
    private bool isClosing;
    private TimeSpan retention = TimeSpan.FromHours(24);

    public Effects<StreamEffect> Effects { get; } = new();

    /// <summary>Batches that are being invoked.</summary>
    public int Invoking => invoking;

    /// <summary>Records that are read and not done.</summary>
    public int Held => shards.Values.Sum(shard => shard.Held);

    /// <summary>What the latest attempt came to, as the API tells it.</summary>
    public string LastResult { get; private set; } = ProcessingResults.None;

    // Before the settings change, what is under way ends.
    private bool IsResting => stopped || next is not null;

    public DateTimeOffset? NextDue
    {
        get
        {
            if (IsResting) return null;
            var due = findAgainAt;
            foreach (var shard in shards.Values)
            {
                due = Earliest(due, shard.PausedUntil);
                foreach (var lane in shard.Lanes) due = Earliest(due, lane.NextDue(mapping));
            }

            return due;
        }
    }

    public void Start(DateTimeOffset now)
    {
        mustFind = true;
        Proceed(now);
    }

    /// <summary>The stream's shards were found.</summary>
    /// <param name="found">All that are kept; those that are known are passed over.</param>
    /// <param name="kept">How long the stream keeps records: older ones are given up.</param>
    public void Found(IReadOnlyList<FoundShard> found, TimeSpan kept, DateTimeOffset now)
    {
        retention = kept;
        (isFinding, hasFound, faults) = (false, true, 0);
        foreach (var shard in found)
            if (!IsKnown(shard.Shard.ShardId)) waitingForParents.Add(shard);
        ended.IntersectWith(found.Select(shard => shard.Shard.ShardId));
        Admit();
        Proceed(now);
    }

    /// <summary>The stream could not be asked: it is again after 1, 2, 4 … at most 60 s.</summary>
    public void FindFailed(DateTimeOffset now)
    {
        (isFinding, mustFind) = (false, true);
        findAgainAt = now + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(faults++, 6)), 60));
        Proceed(now);
    }

    /// <summary>A read has ended.</summary>
    /// <returns>How many of the records are for the function.</returns>
    public int Read(string shardId, ShardRead read, DateTimeOffset now)
    {
        var taken = shards[shardId].Take(read, Passes, now);
        Proceed(now);
        return taken;
    }

    /// <summary>A read was ended, and has read nothing.</summary>
    public void ReadEnded(string shardId, DateTimeOffset now)
    {
        shards[shardId].IsReading = false;
        Proceed(now);
    }

    public void ReadFailed(string shardId, DateTimeOffset now)
    {
        shards[shardId].Pause(now);
        Proceed(now);
    }

    /// <summary>Changes the settings once what is under way has ended; a mapping that is not enabled rests.</summary>
    public void Configure(StreamMapping changed, DateTimeOffset now)
    {
        if (isClosing) return;
        next = changed;
        Rest();
        Proceed(now);
    }

    /// <summary>Reads nothing more, tries nothing again, and lets the invocations under way end.</summary>
    public void Stop(DateTimeOffset now)
    {
        stopped = isClosing = true;
        next = null;
        Rest();
        Proceed(now);
    }

    public void OnDue(DateTimeOffset now)
    {
        if (findAgainAt <= now) findAgainAt = null;
        foreach (var shard in shards.Values)
            if (shard.PausedUntil <= now) shard.EndPause();
        Proceed(now);
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    private bool IsKnown(string shardId) => shards.ContainsKey(shardId) || ended.Contains(shardId)
        || waitingForParents.Exists(found => found.Shard.ShardId == shardId);

    private bool IsReadingAny => shards.Values.Any(shard => shard.IsReading);

    private void Rest()
    {
        if (IsReadingAny) Effects.Add(new EndReads());
        foreach (var lane in shards.Values.SelectMany(shard => shard.Lanes)) lane.Rest();
    }

    // A shard whose parents are still read, or wait themselves, waits for them.
    private void Admit()
    {
        for (var i = 0; i < waitingForParents.Count;)
        {
            var (shard, after) = waitingForParents[i];
            if (shard.ParentIds.Any(parent => IsKnown(parent) && !ended.Contains(parent)))
            {
                i++;
                continue;
            }

            waitingForParents.RemoveAt(i);
            shards.Add(shard.ShardId, new ShardProgress(
                shard.ShardId, after, mapping.Settings.ParallelizationFactor));
            i = 0;
        }
    }

    private void Proceed(DateTimeOffset now)
    {
        if (next is not null && invoking == 0 && !IsReadingAny && !isFinding) Apply();
        if (IsResting)
        {
            if (isClosing && invoking == 0 && !IsReadingAny && !isFinding) Effects.Add(new ReportStreamStopped());
            return;
        }

        foreach (var shard in shards.Values.ToArray())
        {
            Invoke(shard, now);
            Read(shard);
            if (!shard.IsDone) continue;
            shards.Remove(shard.ShardId);
            ended.Add(shard.ShardId);
            mustFind = true;
        }

        Find();
    }

    private void Apply()
    {
        var keepsWindows = next!.TumblingWindow == mapping.TumblingWindow;
        mapping = next;
        next = null;
        stopped = !mapping.Enabled;
        mustFind |= !hasFound;
        foreach (var shard in shards.Values) shard.Rearrange(
            mapping.Settings.ParallelizationFactor, Passes, keepsWindows);
    }

    private bool Passes(StreamRecord record) =>
        mapping.Filter.IsEverything || mapping.Filter.Matches(forFilter(record));

    private void Find()
    {
        if (!mustFind || isFinding || findAgainAt is not null) return;
        (isFinding, mustFind) = (true, false);
        // Shards that come later are the children of others: all of their records are wanted.
        Effects.Add(new FindShards(hasFound ? new StreamStart(StreamStart.TrimHorizon) : mapping.Settings.Start));
    }

    private void Read(ShardProgress shard)
    {
        if (shard.IsReading || shard.IsEnd || shard.PausedUntil is not null) return;
        if (shard.Room(mapping) is not (> 0 and var room)) return;
        shard.IsReading = true;
        Effects.Add(new BeginRead(shard.ShardId, shard.After, room, MappingLimits.MaxBatchBytes));
    }
}
