using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record GetRecordsRequest(string? ShardIterator, int? Limit, string? StreamARN);

/// <param name="ApproximateArrivalTimestamp">Seconds since 1970.</param>
internal sealed record Record(
    string SequenceNumber, decimal ApproximateArrivalTimestamp, byte[] Data, string PartitionKey);

internal sealed record ChildShard(string ShardId, IReadOnlyList<string> ParentShards, HashKeyRange HashKeyRange);

/// <param name="NextShardIterator">Null when the shard is closed and its last record was read.</param>
/// <param name="ChildShards">Then, the shards that follow it; null before.</param>
internal sealed record GetRecordsResponse(
    List<Record> Records, string? NextShardIterator, long MillisBehindLatest, ChildShard[]? ChildShards);

/// <summary>Reads the records behind a place, up to 10,000 and 10 MiB; it never waits.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, GetRecords.</remarks>
internal static class GetRecords
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException;
    /// ExpiredIteratorException; ProvisionedThroughputExceededException.</exception>
    public static GetRecordsResponse Handle(
        Monitor<KinesisState> streams, GetRecordsRequest request, CallScope scope, ServiceContext context)
    {
        new ModelConstraints()
            .Required("shardIterator", request.ShardIterator)
            .Length("shardIterator", request.ShardIterator, 1, KinesisLimits.MaxIteratorCharacters)
            .Range("limit", request.Limit, 1, KinesisLimits.MaxPageRecords)
            .Stream(null, request.StreamARN)
            .ThrowIfAny();
        var iterator = ShardIterator.Parse(request.ShardIterator!);
        if (request.StreamARN is not null
            && StreamParameters.NameOf(null, request.StreamARN, scope) != iterator.StreamName)
            throw KinesisErrors.InvalidArgument("The ShardIterator is not of the stream of StreamARN.");
        var (response, read) = streams.Ask((state, now) =>
            Read(state, iterator, request.Limit ?? KinesisLimits.MaxPageRecords, now));
        if (response is null)
        {
            context.Journal.Record(new ReadThrottled(iterator.StreamName, iterator.ShardId));
            throw KinesisErrors.RateExceeded(
                iterator.ShardId, new StreamPlace(iterator.StreamName, scope.AccountId));
        }

        context.Journal.Record(read!);
        return response;
    }

    // No answer when the shard may not be read in this second.
    private static (GetRecordsResponse? Response, RecordsRead? Read) Read(
        KinesisState state, ShardIterator iterator, int limit, DateTimeOffset now)
    {
        if (now - iterator.Issued > KinesisLimits.IteratorLifetime)
            throw KinesisErrors.ExpiredIterator(iterator.Issued, now);
        var stream = state.Get(iterator.StreamName, now);
        if (stream.Created.ToUnixTimeMilliseconds() != iterator.Created.ToUnixTimeMilliseconds())
            throw KinesisErrors.StreamNotFound(stream.Place);
        var shard = stream.Get(iterator.ShardId);
        if (!shard.TryBeginRead(now)) return (null, null);
        var records = shard.From(iterator.From, limit, KinesisLimits.MaxPageBytes);
        var bytes = records.Sum(record => (long)record.Size);
        shard.EndRead(bytes, now);
        var next = records.Count > 0 ? records[^1].Index + 1 : Math.Max(iterator.From, shard.FirstKept);
        var isEnd = shard.Closed is not null && next >= shard.Next;
        var response = new GetRecordsResponse(
            [.. records.Select(record => new Record(
                shard.NumberOf(record).ToString(), StreamParameters.Seconds(record.At), record.Data,
                record.PartitionKey))],
            isEnd ? null : (iterator with { From = next, Issued = now }).ToString(),
            shard.MillisecondsBehind(next, now),
            isEnd ? [.. stream.ChildrenOf(shard).Select(Child)] : null);
        var age = records.Count > 0 ? now - records[^1].At : TimeSpan.Zero;
        return (response, new RecordsRead(stream.Name, records.Count, bytes, age)
        {
            IsOnDemand = stream.Mode == StreamMode.OnDemand,
        });
    }

    private static ChildShard Child(Shard shard) =>
        new(shard.Id, shard.ParentIds, Operations.HashKeyRange.Of(shard.Range));
}
