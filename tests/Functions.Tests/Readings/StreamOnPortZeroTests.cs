using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Kinesis;
using Isobar.Local.Services.Kinesis;
using Isobar.Local.Tests;
using Isobar.Readings;

namespace Isobar.Functions.Tests.Readings;

/// <summary>The SDK's client against the host's Kinesis.</summary>
public sealed class StreamOnPortZeroTests : IAsyncLifetime
{
    private ModuleOnPortZero server = null!;
    private KinesisModule module = null!;
    private AmazonKinesisClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ModuleOnPortZero.StartAsync(world => [module = new KinesisModule(world.Context)]);
        client = new AmazonKinesisClient(TableOnPortZero.Credentials, new AmazonKinesisConfig
        {
            ServiceURL = server.Address.ToString(),
            AuthenticationRegion = ModuleOnPortZero.Region,
            MaxErrorRetry = 0,
        });
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
        module.Dispose();
    }

    [Fact]
    public async Task Records_arrive_with_their_keys_and_data()
    {
        await CallAsync("CreateStream", new JsonObject { ["StreamName"] = "readings", ["ShardCount"] = 1 });
        var outcome = await PutAsync(new StreamEntry("a", [1, 2]), new StreamEntry("b", [3]));
        Assert.Empty(outcome.Refused);

        var iterator = await CallAsync("GetShardIterator", new JsonObject
        {
            ["StreamName"] = "readings", ["ShardId"] = "shardId-000000000000", ["ShardIteratorType"] = "TRIM_HORIZON",
        });
        var records = await CallAsync("GetRecords", new JsonObject
        {
            ["ShardIterator"] = (string)iterator["ShardIterator"]!,
        });
        Assert.Equal(["a AQI=", "b Aw=="], records["Records"]!.AsArray().Select(
            record => $"{record!["PartitionKey"]} {record["Data"]}"));
    }

    [Fact]
    public async Task A_stream_that_is_not_there_is_told_in_AWSs_words()
    {
        var error = await Assert.ThrowsAsync<StreamMissingException>(() => PutAsync(new StreamEntry("a", [1])));
        Assert.Contains("readings", error.Message, StringComparison.Ordinal);
        Assert.Contains("not found", error.Message, StringComparison.Ordinal);
    }

    private Task<PutOutcome> PutAsync(params StreamEntry[] entries) =>
        new ReadingStream(client, "readings", new Backoff(new Random(1), new ImmediateTime()))
            .PutAsync(entries, default);

    private async Task<JsonNode> CallAsync(string action, JsonObject request)
    {
        using var http = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Post, server.Address)
        {
            Content = new StringContent(request.ToJsonString(), Encoding.UTF8),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        message.Headers.Add("X-Amz-Target", $"Kinesis_20131202.{action}");
        message.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=a/20260101/{ModuleOnPortZero.Region}/kinesis/aws4_request, "
            + $"SignedHeaders=host, Signature={new string('0', 64)}");
        using var answer = await http.SendAsync(message);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }
}
