using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Tests.Services.DynamoDb.Streams;

/// <summary>Tables with streams, and the operations on these as plain requests.</summary>
internal static class StreamCalls
{
    private static readonly HttpClient Http = new();

    /// <summary>Creates a table with the partition key <c>id</c> and a stream.</summary>
    /// <returns>The stream's ARN.</returns>
    public static async Task<string> CreateAsync(
        DynamoDbOnPortZero host, string table, string view = "NEW_AND_OLD_IMAGES")
    {
        var created = await host.Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new("id", ScalarAttributeType.S)],
            KeySchema = [new("id", KeyType.HASH)],
            StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = view },
        });
        return created.TableDescription.LatestStreamArn;
    }

    public static Task PutAsync(DynamoDbOnPortZero host, string table, string id, string? value = null)
    {
        var item = new Dictionary<string, AttributeValue> { ["id"] = new(id) };
        if (value is not null) item["value"] = new AttributeValue(value);
        return host.Client.PutItemAsync(table, item);
    }

    /// <summary>Calls an operation on streams.</summary>
    /// <returns>The status and the answer.</returns>
    public static async Task<(int Status, JsonNode Answer)> AskAsync(Uri address, string operation, string body)
    {
        using var request = RawRequest.Of(address, operation, body);
        request.Headers.Remove("X-Amz-Target");
        request.Headers.Add("X-Amz-Target", $"DynamoDBStreams_20120810.{operation}");
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonNode.Parse(text)!);
    }

    public static async Task<JsonNode> DescribeAsync(DynamoDbOnPortZero host, string stream) =>
        (await AskAsync(host.Address, "DescribeStream", $$"""{"StreamArn":"{{stream}}"}""")).Answer
            ["StreamDescription"]!;

    public static async Task<string> IteratorAsync(
        DynamoDbOnPortZero host, string stream, int shard = 0, string type = "TRIM_HORIZON", string more = "")
    {
        var shardId = (string)(await DescribeAsync(host, stream))["Shards"]![shard]!["ShardId"]!;
        var (_, answer) = await AskAsync(host.Address, "GetShardIterator",
            $$"""{"StreamArn":"{{stream}}","ShardId":"{{shardId}}","ShardIteratorType":"{{type}}"{{more}}}""");
        return (string)answer["ShardIterator"]!;
    }

    public static Task<(int Status, JsonNode Answer)> GetAsync(
        DynamoDbOnPortZero host, string iterator, int limit = 1_000) => AskAsync(
        host.Address, "GetRecords", $$"""{"ShardIterator":"{{iterator}}","Limit":{{limit}}}""");

    /// <summary>The records that a call returns of each of a stream's shards, the parents' first.</summary>
    public static async Task<JsonNode?[]> RecordsAsync(DynamoDbOnPortZero host, string stream)
    {
        var records = new List<JsonNode?>();
        var shards = (await DescribeAsync(host, stream))["Shards"]!.AsArray().Count;
        for (var shard = 0; shard < shards; shard++)
        {
            var (_, answer) = await GetAsync(host, await IteratorAsync(host, stream, shard));
            records.AddRange(answer["Records"]!.AsArray());
        }

        return [.. records];
    }
}
