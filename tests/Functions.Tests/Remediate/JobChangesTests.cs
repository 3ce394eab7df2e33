using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Remediate;

namespace Isobar.Functions.Tests.Remediate;

/// <summary>Batches are read from the host's streams.</summary>
public sealed class JobChangesTests : IAsyncLifetime
{
    private TableOnPortZero table = null!;
    private readonly HttpClient http = new();
    private StreamCalls streams = null!;
    private string arn = "";

    public async ValueTask InitializeAsync()
    {
        table = await TableOnPortZero.StartAsync("Jobs", "job");
        var updated = await table.Client.UpdateTableAsync(new UpdateTableRequest
        {
            TableName = "Jobs",
            StreamSpecification = new StreamSpecification
            {
                StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE,
            },
        });
        arn = updated.TableDescription.LatestStreamArn;
        streams = new StreamCalls(
            http, new Uri(table.Config.ServiceURL), table.Config.AuthenticationRegion, TableOnPortZero.Credentials,
            table.Config);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await table.DisposeAsync();
    }

    [Fact]
    public async Task A_batch_has_the_items_of_its_changes_and_no_others()
    {
        for (var number = 0; number < 10; number++)
            await table.Client.PutItemAsync("Jobs", new() { ["job"] = new AttributeValue($"{number}") });
        await table.Client.DeleteItemAsync("Jobs", new() { ["job"] = new AttributeValue("9") });
        var (shard, numbers) = await NumbersAsync();

        Assert.Equal(["2", "3", "4"], await ReadAsync(new StreamBatch(arn, shard, numbers[2], numbers[4])));
        Assert.Equal(["9"], await ReadAsync(new StreamBatch(arn, shard, numbers[9], numbers[10])));
    }

    [Fact]
    public async Task A_stream_that_is_gone_is_told_with_what_to_do()
    {
        var gone = new StreamBatch(arn + "9", "shardId-00000000000000000000-00000000", "1", "2");
        var e = await Assert.ThrowsAsync<IOException>(() => ReadAsync(gone));
        Assert.Contains("Redrive the jobs", e.Message, StringComparison.Ordinal);
    }

    private async Task<string[]> ReadAsync(StreamBatch batch) =>
        [.. (await new JobChanges(streams).ReadAsync(batch, default).ToListAsync()).Select(item => item["job"].S)];

    private async Task<(string Shard, string[] Numbers)> NumbersAsync()
    {
        var described = await streams.CallAsync("DescribeStream", new JsonObject { ["StreamArn"] = arn }, default);
        var shard = (string)described["StreamDescription"]!["Shards"]![0]!["ShardId"]!;
        var iterator = await streams.CallAsync(
            "GetShardIterator",
            new JsonObject { ["StreamArn"] = arn, ["ShardId"] = shard, ["ShardIteratorType"] = "TRIM_HORIZON" },
            default);
        var page = await streams.CallAsync(
            "GetRecords", new JsonObject { ["ShardIterator"] = (string)iterator["ShardIterator"]! }, default);
        return (
            shard, [.. page["Records"]!.AsArray().Select(change => (string)change!["dynamodb"]!["SequenceNumber"]!)]);
    }
}
