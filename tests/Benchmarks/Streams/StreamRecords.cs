using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Benchmarks.Streams;

/// <summary>Writes the records of a source, and reads them as any client does: the floor.</summary>
/// <param name="Function">Whose mapping reads the source.</param>
/// <param name="WriteAsync">Writes each key's numbers in their order.</param>
/// <param name="ReadAsync">Reads all records with GetRecords and checks the order.</param>
internal sealed record StreamRecords(
    string Name, string Function, Func<StreamHost, int, Task> WriteAsync, Func<StreamHost, Task<int>> ReadAsync)
{
    private const int Keys = 1_000, ItemsAtOnce = 25, RecordsAtOnce = 500, RecordsInASecond = 8_000;
    private const int ChangesOnAPage = 1_000;

    public static readonly StreamRecords[] All =
    [
        new("table", "of-table", WriteTableAsync, ReadTableAsync),
        new("kinesis", "of-stream", WriteStreamAsync, ReadStreamAsync),
    ];

    private static async Task WriteTableAsync(StreamHost host, int records)
    {
        for (var first = 0; first < records; first += ItemsAtOnce)
        {
            var puts = new JsonArray([.. Enumerable.Range(first, ItemsAtOnce).Select(number => new JsonObject
            {
                ["PutRequest"] = new JsonObject
                {
                    ["Item"] = new JsonObject
                    {
                        ["id"] = new JsonObject { ["S"] = $"{number % Keys}" },
                        ["n"] = new JsonObject { ["N"] = $"{number}" },
                    },
                },
            })]);
            using var answer = await host.CallAsync("dynamodb", "DynamoDB_20120810.BatchWriteItem",
                new JsonObject { ["RequestItems"] = new JsonObject { [StreamHost.Table] = puts } });
        }
    }

    private static async Task<int> ReadTableAsync(StreamHost host)
    {
        using var table = await host.CallAsync(
            "dynamodb", "DynamoDB_20120810.DescribeTable", new JsonObject { ["TableName"] = StreamHost.Table });
        var arn = table.RootElement.GetProperty("Table").GetProperty("LatestStreamArn").GetString();
        using var described = await host.CallAsync(
            "dynamodb", "DynamoDBStreams_20120810.DescribeStream", new JsonObject { ["StreamArn"] = arn });
        var order = new KeyOrder();
        foreach (var shard in described.RootElement.GetProperty("StreamDescription").GetProperty("Shards")
            .EnumerateArray())
            await ReadShardAsync(host, "dynamodb", "DynamoDBStreams_20120810", ChangesOnAPage, new JsonObject
            {
                ["StreamArn"] = arn,
                ["ShardId"] = shard.GetProperty("ShardId").GetString(),
                ["ShardIteratorType"] = "TRIM_HORIZON",
            }, record =>
            {
                var item = record.GetProperty("dynamodb").GetProperty("NewImage");
                order.Add(item.GetProperty("id").GetProperty("S").GetString()!,
                    long.Parse(item.GetProperty("n").GetProperty("N").GetString()!));
            });
        return order.Count;
    }

    // Every shard gets its part of a second's records, so that none is refused, which would change the order.
    private static async Task WriteStreamAsync(StreamHost host, int records)
    {
        for (var first = 0; first < records; first += RecordsAtOnce)
        {
            if (first % RecordsInASecond == 0) await host.PassSecondAsync();
            var puts = new JsonArray([.. Enumerable.Range(first, RecordsAtOnce).Select(number => new JsonObject
            {
                ["Data"] = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{number} and what else a reading has")),
                ["PartitionKey"] = $"{number % Keys}",
                ["ExplicitHashKey"] = HashKeyOf(number % Keys),
            })]);
            using var answer = await host.CallAsync("kinesis", "Kinesis_20131202.PutRecords",
                new JsonObject { ["StreamName"] = StreamHost.Stream, ["Records"] = puts });
            if (answer.RootElement.GetProperty("FailedRecordCount").GetInt32() > 0)
                throw new InvalidOperationException("A shard has refused records, whose order would change.");
        }
    }

    // The first of a shard's hash keys; a key is in one shard.
    private static string HashKeyOf(int key) =>
        $"{(UInt128.MaxValue / (UInt128)StreamHost.Shards + 1) * (UInt128)(key % StreamHost.Shards)}";

    private static async Task<int> ReadStreamAsync(StreamHost host)
    {
        var order = new KeyOrder();
        for (var shard = 0; shard < StreamHost.Shards; shard++)
            await ReadShardAsync(host, "kinesis", "Kinesis_20131202", 10_000, new JsonObject
            {
                ["StreamName"] = StreamHost.Stream,
                ["ShardId"] = $"shardId-{shard:D12}",
                ["ShardIteratorType"] = "TRIM_HORIZON",
            }, record =>
            {
                if (!Utf8Parser.TryParse(record.GetProperty("Data").GetBytesFromBase64(), out long number, out _))
                    throw new InvalidOperationException("A record has no number.");
                order.Add(record.GetProperty("PartitionKey").GetString()!, number);
            });
        return order.Count;
    }

    private static async Task ReadShardAsync(
        StreamHost host, string service, string prefix, int limit, JsonObject start, Action<JsonElement> take)
    {
        using var begun = await host.CallAsync(service, $"{prefix}.GetShardIterator", start);
        var iterator = begun.RootElement.GetProperty("ShardIterator").GetString();
        while (iterator is not null)
        {
            using var page = await host.CallAsync(
                service, $"{prefix}.GetRecords", new JsonObject { ["ShardIterator"] = iterator, ["Limit"] = limit });
            var records = page.RootElement.GetProperty("Records");
            foreach (var record in records.EnumerateArray()) take(record);
            iterator = records.GetArrayLength() < limit
                ? null
                : page.RootElement.GetProperty("NextShardIterator").GetString();
        }
    }
}

/// <summary>Sees whether each key's numbers increase.</summary>
internal sealed class KeyOrder
{
    private readonly Dictionary<string, long> last = [];

    public int Count { get; private set; }

    public void Add(string key, long number)
    {
        if (last.TryGetValue(key, out var before) && number <= before)
            throw new InvalidOperationException($"{key} has {number} after {before}.");
        last[key] = number;
        Count++;
    }
}
