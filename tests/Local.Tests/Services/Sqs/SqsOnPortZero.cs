using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Isobar.Local.Services;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Services.Sqs;

/// <summary>SQS on a free port, and requests to it as bytes.</summary>
internal sealed class SqsOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private SqsOnPortZero(ModuleOnPortZero host, SqsModule module)
    {
        this.host = host;
        Module = module;
    }

    public SqsModule Module { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    public static Arn ArnOf(string name) =>
        new("aws", "sqs", ModuleOnPortZero.Region, ModuleOnPortZero.AccountId, name);

    public static async Task<SqsOnPortZero> StartAsync()
    {
        SqsModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(world => [module = new SqsModule(world.Context)]);
        return new SqsOnPortZero(host, module!);
    }

    /// <summary>Reads a queue as an event source mapping does.</summary>
    public IEventReader Reader(string name) => Module.CreateReader(ArnOf(name));

    /// <summary>Creates a queue and returns its URL.</summary>
    public async Task<string> CreateAsync(string name, params (string Name, string Value)[] attributes)
    {
        var given = attributes.Select(pair => $"{JsonSerializer.Serialize(pair.Name, TestJson.Default.String)}:"
            + JsonSerializer.Serialize(pair.Value, TestJson.Default.String));
        var (status, answer) = await PostAsync(
            "CreateQueue", $$$"""{"QueueName":"{{{name}}}","Attributes":{ {{{string.Join(',', given)}}} } }""");
        Assert.Equal(200, status);
        return answer.GetProperty("QueueUrl").GetString()!;
    }

    public Task<(int Status, JsonElement Answer)> PostAsync(
        string operation, string body, CancellationToken cancellationToken = default) =>
        PostAsync(operation, Encoding.UTF8.GetBytes(body), cancellationToken);

    public async Task<(int Status, JsonElement Answer)> PostAsync(
        string operation, byte[] body, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(operation, body, cancellationToken);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return ((int)response.StatusCode, document.RootElement.Clone());
    }

    public async Task<HttpResponseMessage> SendAsync(
        string operation, byte[] body, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Address)
        {
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0") },
            },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AmazonSQS.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{ModuleOnPortZero.Region}/sqs/aws4_request, Signature=0");
        return await http.SendAsync(request, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Module.DisposeAsync();
        http.Dispose();
        await host.DisposeAsync();
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class TestJson : System.Text.Json.Serialization.JsonSerializerContext;
