using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>Reads one table's stream for an event source mapping.</summary>
internal sealed class TableStreamReader(Monitor<DynamoDbState> tables, Arn stream) : IStreamReader
{
    private readonly string arn = stream.ToString();

    public TimeSpan? Retention => tables.Ask((state, now) =>
        state.Streams.Find(arn, now) is null ? (TimeSpan?)null : DynamoDbLimits.StreamRetention);

    public IReadOnlyList<StreamShard> Shards() => tables.Ask((state, now) =>
    {
        var found = state.Streams.Get(arn, now);
        found.Trim(now);
        return (IReadOnlyList<StreamShard>)[.. found.Shards.Select(shard => new StreamShard(
            shard.Id, shard.ParentId is { } parent ? [parent] : [], shard.Closed is not null))];
    });

    public string? Locate(string shardId, StreamStart start) => tables.Ask((state, now) =>
    {
        if (state.Streams.Get(arn, now).Find(shardId) is not { } shard) return null;
        return start.Name switch
        {
            StreamStart.Latest => SequenceNumbers.Text(shard.Next - 1),
            StreamStart.AtTimestamp => SequenceNumbers.Text(shard.FirstSince(start.Timestamp!.Value) - 1),
            _ => null,
        };
    });

    public async ValueTask<ShardRead> ReadAsync(
        string shardId, string? after, int maximum, int maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var from = after is null ? 0 : SequenceNumbers.Parse(after) + 1
            ?? throw DynamoDbErrors.Validation($"Not a sequence number of this stream: {after}");
        var waiter = new StreamWaiter(shardId, from, maximum, maxBytes);
        var found = tables.Ask((state, now) =>
        {
            var read = state.Streams.Get(arn, now);
            read.Read(waiter, now);
            return read;
        });
        try
        {
            return Records(found, await waiter.Answer.WaitAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // If it is withdrawn in time, nothing was read; otherwise the caller gets the records.
            if (tables.Ask((_, _) => found.Withdraw(waiter))) throw;
            return Records(found, await waiter.Answer);
        }
    }

    private static ShardRead Records(TableStream stream, StreamAnswer answer) => new(
        [.. answer.Changes.Select(change => new StreamRecord(
            SequenceNumbers.Text(change.Number), KeyOf(stream, change), change.At,
            ChangeRecord.ForEvent(stream, change)))],
        answer.IsEnd, answer.Work);

    // Order is kept for each item. Source: AWS Lambda Developer Guide, "Polling and batching streams".
    private static string KeyOf(TableStream stream, ItemChange change)
    {
        var hash = TextOf(change.Keys[stream.Schema.Hash.Name]!);
        return stream.Schema.Range is { } range ? $"{hash}/{TextOf(change.Keys[range.Name]!)}" : hash;
    }

    private static string TextOf(AttributeValue value) => value switch
    {
        StringValue text => text.Value,
        NumberValue number => number.Value.ToString(),
        BinaryValue bytes => Convert.ToBase64String(bytes.Value),
        _ => value.ToString(),
    };
}
