using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Kinesis;

/// <summary>The streams of a Region. Owned by a monitor.</summary>
/// <param name="maxBytes">Of the records in all streams; past it the oldest of the largest stream are trimmed.</param>
internal sealed class KinesisState(
    string region, string accountId, long maxBytes = KinesisLimits.MaxKeptBytes) : IDecidingState<AnswerRead>
{
    private readonly SortedDictionary<string, KinesisStream> streams = new(StringComparer.Ordinal);

    /// <summary>Answers to readers that wait for a record.</summary>
    public Effects<AnswerRead> Effects { get; } = new();

    /// <summary>In the order of their names.</summary>
    public IReadOnlyCollection<KinesisStream> Streams => streams.Values;

    /// <summary>Records that were trimmed before their time, since the state was made.</summary>
    public long TrimmedEarly { get; private set; }

    public int OpenShards => streams.Values.Sum(stream => stream.OpenShards.Count);

    public int OnDemandStreams => streams.Values.Count(stream => stream.Mode == StreamMode.OnDemand);

    public Arn ArnOf(string name) => new("aws", "kinesis", region, accountId, $"stream/{name}");

    /// <exception cref="Wire.AwsException">ResourceInUseException; LimitExceededException.</exception>
    public KinesisStream Create(string name, StreamMode mode, int shards, DateTimeOffset now)
    {
        var arn = ArnOf(name);
        if (streams.ContainsKey(name)) throw KinesisErrors.StreamExists(new StreamPlace(name, accountId));
        if (mode == StreamMode.OnDemand) CheckOnDemand();
        CheckRoom(shards, shards);
        var stream = new KinesisStream(arn, now, mode, Effects);
        stream.Open(shards, now);
        streams.Add(name, stream);
        return stream;
    }

    public KinesisStream? Find(string name) => streams.GetValueOrDefault(name);

    /// <summary>The stream as it is at an instant: without what has expired.</summary>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public KinesisStream Get(string name, DateTimeOffset now)
    {
        var stream = Find(name) ?? throw KinesisErrors.StreamNotFound(new StreamPlace(name, accountId));
        stream.Trim(now);
        return stream;
    }

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public KinesisStream Delete(string name, DateTimeOffset now)
    {
        var stream = Get(name, now);
        stream.End();
        streams.Remove(name);
        return stream;
    }

    /// <summary>Adds records, each unless its shard has no room for it in this second.</summary>
    public PutResult[] Put(KinesisStream stream, IReadOnlyList<RecordDraft> drafts, DateTimeOffset now)
    {
        var results = new PutResult[drafts.Count];
        for (var i = 0; i < results.Length; i++) results[i] = stream.Put(drafts[i], now);
        Limit();
        return results;
    }

    /// <summary>Checks whether the Region may have more shards.</summary>
    /// <param name="more">How many more are open afterwards; negative for fewer.</param>
    /// <param name="made">How many are opened.</param>
    /// <exception cref="Wire.AwsException">LimitExceededException.</exception>
    public void CheckRoom(int more, int made)
    {
        if (OpenShards + more > KinesisLimits.MaxOpenShards)
            throw KinesisErrors.ShardLimit(accountId, region, OpenShards, more);
        if (streams.Values.Sum(stream => stream.Shards.Count) + made > KinesisLimits.MaxShards)
            throw KinesisErrors.LimitExceeded(
                $"This host keeps at most {KinesisLimits.MaxShards} shards in a Region, closed ones among them.");
    }

    /// <exception cref="Wire.AwsException">LimitExceededException.</exception>
    public void CheckOnDemand()
    {
        if (OnDemandStreams >= KinesisLimits.MaxOnDemandStreams)
            throw KinesisErrors.LimitExceeded(
                $"The limit of {KinesisLimits.MaxOnDemandStreams} on-demand streams in {region} is reached.");
    }

    // A sixteenth at a time, so that writing at the bound does not look through all streams each time.
    private void Limit()
    {
        while (streams.Count > 0 && streams.Values.Sum(stream => stream.KeptBytes) > maxBytes)
        {
            var largest = streams.Values.MaxBy(stream => stream.KeptBytes)!;
            var goal = largest.KeptBytes - Math.Max(1, maxBytes / 16);
            while (largest.KeptBytes > goal && largest.TrimOldest()) TrimmedEarly++;
        }
    }
}
