using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using static Isobar.Local.Tests.Services.DynamoDb.DynamoDbOnPortZero;

namespace Isobar.Local.Tests.Services.DynamoDb;

public sealed class BatchWireTests
{
    [Fact]
    public async Task A_batch_writes_at_most_25_items_and_none_twice()
    {
        await using var host = await StartAsync();
        var puts = Enumerable.Range(0, 26).Select(i => new WriteRequest(new PutRequest(Key("j", $"{i:D2}")))).ToList();

        var tooMany = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Write(host, puts));
        var twice = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Write(host, [puts[0], puts[0]]));
        var answer = await Write(host, puts[..25]);
        await Write(host, [new WriteRequest(new DeleteRequest(Key("j", "00")))]);

        Assert.Equal("Too many items requested for the BatchWriteItem call", tooMany.Message);
        Assert.Equal("Provided list of item keys contains duplicates", twice.Message);
        Assert.True(answer.UnprocessedItems is null or { Count: 0 });
        Assert.Equal(24, (await host.Client.ScanAsync(new ScanRequest(Table) { Select = Select.COUNT })).Count);
    }

    [Fact]
    public async Task A_batch_reads_at_most_16_MB_and_gives_the_other_keys_back()
    {
        await using var host = await StartAsync();
        var keys = Enumerable.Range(0, 45).Select(i => Key("j", $"{i:D2}")).ToList();
        foreach (var key in keys)
            await host.Client.PutItemAsync(Table, new(key) { ["v"] = new(new string('x', 380 * 1024)) });

        var answer = await host.Client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes>
        {
            [Table] = new()
            {
                Keys = [.. keys, Key("j", "gone")], ProjectionExpression = "#i",
                ExpressionAttributeNames = new() { ["#i"] = "item" },
            },
        });
        var rest = await host.Client.BatchGetItemAsync(answer.UnprocessedKeys);

        Assert.Equal(43, answer.Responses[Table].Count);
        Assert.Equal(["item"], answer.Responses[Table][0].Keys);
        Assert.Equal(["43", "44"], rest.Responses[Table].Select(item => item["item"].S).Order());
        Assert.Empty(rest.UnprocessedKeys ?? []);
    }

    [Fact]
    public async Task A_batch_reads_at_most_100_keys_and_none_twice()
    {
        await using var host = await StartAsync();
        var keys = Enumerable.Range(0, 101).Select(i => Key("j", $"{i}")).ToList();

        var tooMany = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Get(host, keys));
        var twice = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => Get(host, [keys[0], keys[0]]));

        Assert.Equal("Too many items requested for the BatchGetItem call", tooMany.Message);
        Assert.Equal("Provided list of item keys contains duplicates", twice.Message);
        Assert.Empty((await Get(host, keys[..100])).Responses[Table]);
    }

    [Fact]
    public async Task Pages_of_a_query_join_to_the_whole()
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 10; i++)
            await host.Client.PutItemAsync(Table, new(Key("j", $"{i}")) { ["even"] = new() { BOOL = i % 2 == 0 } });
        var items = new List<string>();
        var request = new QueryRequest
        {
            TableName = Table, KeyConditionExpression = "job = :j", FilterExpression = "even = :yes", Limit = 3,
            ProjectionExpression = "#i", ExpressionAttributeNames = new() { ["#i"] = "item" }, ScanIndexForward = false,
            ExpressionAttributeValues = new() { [":j"] = new("j"), [":yes"] = new() { BOOL = true } },
        };
        do
        {
            var page = await host.Client.QueryAsync(request);
            Assert.InRange(page.ScannedCount!.Value, 1, 3);
            items.AddRange(page.Items.Select(item => Assert.Single(item).Value.S));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        Assert.Equal(["8", "6", "4", "2", "0"], items);
        var count = await host.Client.QueryAsync(new QueryRequest
        {
            TableName = Table, KeyConditionExpression = "job = :j", Select = Select.COUNT, ConsistentRead = true,
            ExpressionAttributeValues = new() { [":j"] = new("j") },
        });
        Assert.Equal((10, true), (count.Count!.Value, count.Items is null or { Count: 0 }));
    }

    private static Task<BatchWriteItemResponse> Write(DynamoDbOnPortZero host, List<WriteRequest> requests) =>
        host.Client.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [Table] = requests });

    private static Task<BatchGetItemResponse> Get(
        DynamoDbOnPortZero host, List<Dictionary<string, AttributeValue>> keys) =>
        host.Client.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [Table] = new() { Keys = keys } });
}
