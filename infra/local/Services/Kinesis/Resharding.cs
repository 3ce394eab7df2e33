namespace Isobar.Local.Services.Kinesis;

/// <summary>Splits and merges shards of a stream.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, SplitShard, MergeShards and UpdateShardCount.</remarks>
internal static class Resharding
{
    /// <exception cref="Wire.AwsException">ResourceNotFoundException; InvalidArgumentException; ValidationException:
    /// the stream is in on-demand mode; LimitExceededException.</exception>
    public static void Split(
        KinesisState state, KinesisStream stream, string shardId, string startingHashKey, DateTimeOffset now)
    {
        if (stream.Mode == StreamMode.OnDemand) throw KinesisErrors.OnDemand(stream.Place, "SplitShard");
        var shard = stream.Get(shardId);
        if (shard.Closed is not null) throw KinesisErrors.ShardClosed(shardId, stream.Place);
        if (HashKeys.Parse(startingHashKey) is not { } middle
            || middle <= shard.Range.Start || middle - shard.Range.Start < 2 || middle >= shard.Range.End)
            throw KinesisErrors.BadSplit(startingHashKey, shard, stream.Place);
        state.CheckRoom(1, 2);
        Split(stream, shard, middle, now);
    }

    /// <exception cref="Wire.AwsException">As <see cref="Split(KinesisState, KinesisStream, string, string,
    /// DateTimeOffset)"/>.</exception>
    public static void Merge(
        KinesisState state, KinesisStream stream, string shardId, string adjacentId, DateTimeOffset now)
    {
        if (stream.Mode == StreamMode.OnDemand) throw KinesisErrors.OnDemand(stream.Place, "MergeShards");
        var (shard, adjacent) = (stream.Get(shardId), stream.Get(adjacentId));
        if (shard.Closed is not null) throw KinesisErrors.ShardClosed(shardId, stream.Place);
        if (adjacent.Closed is not null) throw KinesisErrors.ShardClosed(adjacentId, stream.Place);
        if (!AreAdjacent(shard, adjacent) && !AreAdjacent(adjacent, shard))
            throw KinesisErrors.NotMergeable(shardId, adjacentId, stream.Place);
        state.CheckRoom(-1, 1);
        Merge(stream, shard, adjacent, now);
    }

    /// <summary>
    /// Splits shards where a new one has to begin, and merges those that are to be one: the new shards share all hash
    /// keys evenly. Some of those in between are closed at once.
    /// </summary>
    public static void Resize(KinesisStream stream, int target, DateTimeOffset now)
    {
        HashRange[] wanted = [.. HashKeys.Even(target)];
        foreach (var range in wanted)
        {
            var shard = stream.OpenShards.First(open => open.Range.Has(range.Start));
            if (shard.Range.Start != range.Start) Split(stream, shard, range.Start, now);
        }

        foreach (var range in wanted)
        {
            while (true)
            {
                var first = stream.OpenShards.First(open => open.Range.Start == range.Start);
                if (first.Range.End == range.End) break;
                Merge(stream, first, stream.OpenShards.First(open => AreAdjacent(first, open)), now);
            }
        }
    }

    private static bool AreAdjacent(Shard lower, Shard upper) =>
        lower.Range.End != UInt128.MaxValue && lower.Range.End + 1 == upper.Range.Start;

    private static void Split(KinesisStream stream, Shard shard, UInt128 middle, DateTimeOffset now) => stream.Replace(
        [shard], [new HashRange(shard.Range.Start, middle - 1), new HashRange(middle, shard.Range.End)], now);

    private static void Merge(KinesisStream stream, Shard shard, Shard adjacent, DateTimeOffset now) => stream.Replace(
        [shard, adjacent],
        [
            new HashRange(
                UInt128.Min(shard.Range.Start, adjacent.Range.Start), UInt128.Max(shard.Range.End, adjacent.Range.End)),
        ],
        now);
}
