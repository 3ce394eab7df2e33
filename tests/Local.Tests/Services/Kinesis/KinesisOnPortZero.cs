using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Kinesis;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>Kinesis on a free port, and requests to it as JSON or CBOR.</summary>
internal sealed class KinesisOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private KinesisOnPortZero(ModuleOnPortZero host, KinesisModule module) => (this.host, Module) = (host, module);

    public KinesisModule Module { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    /// <param name="gate">Decides about calls; null to allow every call.</param>
    public static async Task<KinesisOnPortZero> StartAsync(
        IRequestGate? gate = null, long maxBytes = KinesisLimits.MaxKeptBytes)
    {
        KinesisModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(
            world => [module = new KinesisModule(world.Context, maxBytes)], gate);
        return new KinesisOnPortZero(host, module!);
    }

    /// <summary>Creates a stream in provisioned mode.</summary>
    public Task CreateAsync(string name, int shards = 1) =>
        OkAsync("CreateStream", $$"""{"StreamName":"{{name}}","ShardCount":{{shards}}}""");

    /// <summary>Puts a record whose data is a text.</summary>
    public Task<JsonNode> PutAsync(string stream, string key, string text, string more = "") => OkAsync(
        "PutRecord",
        $$"""{"StreamName":"{{stream}}","PartitionKey":"{{key}}","Data":"{{Base64(text)}}"{{more}}}""");

    public async Task<string> IteratorAsync(
        string stream, string type = "TRIM_HORIZON", string more = "", int shard = 0) => (string)(await OkAsync(
        "GetShardIterator", $$"""
        {"StreamName":"{{stream}}","ShardId":"{{Shard.IdOf(shard)}}","ShardIteratorType":"{{type}}"{{more}}}
        """))["ShardIterator"]!;

    public Task<JsonNode> GetAsync(string iterator, int limit = 10_000) =>
        OkAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}","Limit":{{limit}}}""");

    /// <summary>The records that one call reads from the beginning of a shard, as texts.</summary>
    public async Task<string[]> TextsAsync(string stream, int shard = 0) =>
        Texts(await GetAsync(await IteratorAsync(stream, shard: shard)));

    public async Task<JsonArray> ShardsAsync(string stream, string more = "") =>
        (await OkAsync("ListShards", $$"""{"StreamName":"{{stream}}"{{more}}}"""))["Shards"]!.AsArray();

    public static string[] Texts(JsonNode answer) =>
    [
        .. answer["Records"]!.AsArray()
            .Select(record => Encoding.UTF8.GetString(Convert.FromBase64String((string)record!["Data"]!))),
    ];

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Lets service time pass.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        using var clock = new ClockControl(World.Clock, World.Activity, TimeSpan.FromSeconds(20));
        await clock.AdvanceByAsync(time, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonNode> OkAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        Assert.True(status == 200, answer.ToJsonString());
        return answer;
    }

    /// <summary>Sends a request that must fail: code and message, with the status in front.</summary>
    public async Task<string> ErrorAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        return $"{status} {(string?)answer["__type"]}: {(string?)answer["message"]}";
    }

    public async Task<(int Status, JsonNode Answer)> PostAsync(
        string operation, string body, string region = ModuleOnPortZero.Region)
    {
        var (status, _, answer) = await SendAsync(
            operation, Encoding.UTF8.GetBytes(body), "application/x-amz-json-1.1", region);
        return (status, JsonNode.Parse(answer)!);
    }

    /// <summary>Sends bytes.</summary>
    /// <returns>The answer's status, content type and bytes.</returns>
    public async Task<(int Status, string? ContentType, byte[] Body)> SendAsync(
        string operation, byte[] body, string contentType, string region = ModuleOnPortZero.Region)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"Kinesis_20131202.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{region}/kinesis/aws4_request, Signature=0");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsByteArrayAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Module.Dispose();
        http.Dispose();
        await host.DisposeAsync();
    }
}
