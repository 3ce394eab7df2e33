using System.Collections.Immutable;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Kinesis;

/// <summary>A stream: its settings and its shards. A part of the service's state.</summary>
/// <param name="effects">Where answers to waiting readers go.</param>
internal sealed class KinesisStream(Arn arn, DateTimeOffset created, StreamMode mode, Effects<AnswerRead> effects)
{
    private readonly List<Shard> shards = [];

    // Those that take records, in the order of their hash keys.
    private readonly List<Shard> open = [];
    private readonly List<RecordWaiter> waiters = [];
    private int nextShard;

    public Arn Arn => arn;

    public StreamPlace Place { get; } = new(arn.Resource["stream/".Length..], arn.AccountId);

    public string Name => Place.Name;

    /// <summary>Service time.</summary>
    public DateTimeOffset Created => created;

    public StreamMode Mode { get; set; } = mode;

    /// <summary>24 h to 8,760 h.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(KinesisLimits.MinRetentionHours);

    public ImmutableSortedDictionary<string, string> Tags { get; set; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Changes of its number of shards, and of its mode.</summary>
    public RecentChanges Resizes { get; } = new();

    public RecentChanges ModeChanges { get; } = new();

    /// <summary>In the order in which they were opened: parents before their children.</summary>
    public IReadOnlyList<Shard> Shards => shards;

    /// <summary>In the order of their hash keys.</summary>
    public IReadOnlyList<Shard> OpenShards => open;

    /// <summary>Of the records that are kept.</summary>
    public long KeptBytes { get; private set; }

    /// <summary>Opens the first shards.</summary>
    public void Open(int count, DateTimeOffset now)
    {
        foreach (var range in HashKeys.Even(count)) Open(range, [], now);
    }

    /// <returns>Null when there is no such shard, or no more.</returns>
    public Shard? Find(string shardId) => shards.Find(shard => shard.Id == shardId);

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public Shard Get(string shardId) => Find(shardId) ?? throw KinesisErrors.ShardNotFound(shardId, Place);

    /// <summary>The shards that follow a closed one.</summary>
    public IEnumerable<Shard> ChildrenOf(Shard shard) => shards.Where(child => child.ParentIds.Contains(shard.Id));

    /// <summary>Adds a record to the shard of its hash key, unless that has no room for it in this second.</summary>
    public PutResult Put(RecordDraft draft, DateTimeOffset now)
    {
        var shard = OpenShardOf(draft.Hash);
        if (shard.TryAdd(draft, now) is not { } record) return new PutResult(shard, null);
        KeptBytes += record.KeptBytes;
        AnswerWaiters(shard);
        return new PutResult(shard, shard.NumberOf(record));
    }

    /// <summary>Closes shards, which have children in their place.</summary>
    /// <param name="ranges">Of the children: together the ranges of the parents.</param>
    public void Replace(IReadOnlyList<Shard> parents, IEnumerable<HashRange> ranges, DateTimeOffset now)
    {
        foreach (var parent in parents)
        {
            parent.Close(now);
            open.Remove(parent);
        }

        foreach (var range in ranges) Open(range, parents, now);
        // Once the children are there: a reader that is told of the end looks for them.
        foreach (var parent in parents) AnswerWaiters(parent);
    }

    /// <summary>Answers a read as soon as there is something to answer, maybe at once.</summary>
    public void Read(RecordWaiter waiter, DateTimeOffset now)
    {
        Trim(now);
        if (!TryAnswer(waiter)) waiters.Add(waiter);
    }

    /// <returns>False when it was answered.</returns>
    public bool Withdraw(RecordWaiter waiter) => waiters.Remove(waiter);

    /// <summary>The stream is deleted: all who wait are told.</summary>
    public void End()
    {
        foreach (var waiter in waiters)
            effects.Add(new AnswerRead(waiter, [], true, null, KinesisErrors.StreamNotFound(Place)));
        waiters.Clear();
    }

    /// <summary>Removes records that are older than the retention period, and closed shards that are.</summary>
    public void Trim(DateTimeOffset now)
    {
        var horizon = now - Retention;
        foreach (var shard in shards)
            while (shard.Oldest is { } oldest && oldest.At < horizon) KeptBytes -= shard.Trim().KeptBytes;
        if (open.Count < shards.Count)
            shards.RemoveAll(shard => shard.Count == 0 && shard.Closed < horizon);
    }

    /// <summary>Removes the oldest record of all.</summary>
    /// <returns>False when there is none.</returns>
    public bool TrimOldest()
    {
        if (shards.Where(shard => shard.Count > 0).MinBy(shard => shard.Oldest!.At) is not { } shard) return false;
        KeptBytes -= shard.Trim().KeptBytes;
        return true;
    }

    private void Open(HashRange range, IReadOnlyList<Shard> parents, DateTimeOffset now)
    {
        // Sequence numbers of children are larger than their parents', also in the same second.
        var second = parents.Aggregate(
            now.ToUnixTimeSeconds(), (latest, parent) => Math.Max(latest, parent.OpenedSecond + 1));
        var shard = new Shard(nextShard++, range, parents, now, second);
        shards.Add(shard);
        var place = open.FindIndex(other => other.Range.Start > range.Start);
        open.Insert(place < 0 ? open.Count : place, shard);
    }

    private Shard OpenShardOf(UInt128 hash)
    {
        var (low, high) = (0, open.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (open[middle].Range.End < hash) low = middle + 1;
            else high = middle;
        }

        return open[low];
    }

    private void AnswerWaiters(Shard shard)
    {
        if (waiters.Count > 0) waiters.RemoveAll(waiter => waiter.ShardId == shard.Id && TryAnswer(waiter));
    }

    private bool TryAnswer(RecordWaiter waiter)
    {
        var shard = Find(waiter.ShardId);
        var records = shard?.From(waiter.From, waiter.Maximum, waiter.MaxBytes) ?? [];
        var isEnd = shard is null
            || (shard.Closed is not null && (records.Count == 0 || records[^1].Index == shard.Next - 1));
        if (records.Count == 0 && !isEnd) return false;
        effects.Add(new AnswerRead(waiter, records, isEnd, shard));
        return true;
    }
}
