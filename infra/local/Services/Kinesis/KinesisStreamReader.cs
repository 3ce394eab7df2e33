using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Kinesis;

/// <summary>Reads one stream for an event source mapping.</summary>
internal sealed class KinesisStreamReader(
    Monitor<KinesisState> streams, Arn arn, string role, ServiceContext context) : IStreamReader
{
    private readonly string name = arn.Resource["stream/".Length..];

    public TimeSpan? Retention => streams.Ask((state, _) => state.Find(name)?.Retention);

    public IReadOnlyList<StreamShard> Shards() => streams.Ask((state, now) => (IReadOnlyList<StreamShard>)
        [.. state.Get(name, now).Shards.Select(shard => new StreamShard(
            shard.Id, shard.ParentIds, shard.Closed is not null))]);

    public string? Locate(string shardId, StreamStart start) => streams.Ask((state, now) =>
    {
        if (state.Get(name, now).Find(shardId) is not { } shard) return null;
        return start.Name switch
        {
            StreamStart.Latest => shard.NumberBefore(shard.Next, now).ToString(),
            StreamStart.AtTimestamp =>
                shard.NumberBefore(shard.FirstSince(start.Timestamp!.Value), now).ToString(),
            _ => null,
        };
    });

    public ReadOnlyMemory<byte> ForFilter(StreamRecord record) => EventRecord.ForFilter(record.EventRecord);

    public async ValueTask<ShardRead> ReadAsync(
        string shardId, string? after, int maximum, int maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (found, waiter) = streams.Ask((state, now) =>
        {
            var stream = state.Get(name, now);
            var read = new RecordWaiter(shardId, After(after, stream.Find(shardId)), maximum, maxBytes);
            stream.Read(read, now);
            return (stream, read);
        });
        try
        {
            return Records(found, await waiter.Answer.WaitAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // If it is withdrawn in time, nothing was read; otherwise the caller gets the records.
            if (streams.Ask((_, _) => found.Withdraw(waiter))) throw;
            return Records(found, await waiter.Answer);
        }
    }

    // A number of an earlier stream of this name, whose shards had the same names, means nothing here.
    private static long After(string? number, Shard? shard) =>
        number is not null && SequenceNumber.Parse(number) is { } place && shard?.Has(place) == true
            ? place.Index + 1
            : 0;

    private ShardRead Records(KinesisStream stream, WaiterAnswer answer)
    {
        if (answer.Records.Count > 0)
            context.Journal.Record(new RecordsRead(
                name, answer.Records.Count, answer.Records.Sum(record => (long)record.Size),
                context.Clock.GetUtcNow() - answer.Records[^1].At)
            {
                IsOnDemand = stream.Mode == StreamMode.OnDemand,
            });
        return new ShardRead([.. answer.Records.Select(Of)], answer.IsEnd, answer.Work);

        StreamRecord Of(StoredRecord record)
        {
            var number = answer.Shard!.NumberOf(record).ToString();
            return new StreamRecord(
                number, record.PartitionKey, record.At, EventRecord.Of(arn, role, answer.Shard, number, record));
        }
    }
}
