using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Services.EventBridge;
using Isobar.Local.Services.Kinesis;
using Isobar.Local.Services.S3;
using Isobar.Local.Services.Sns;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Tests.Services;

namespace Isobar.Local.Tests.Recorded;

/// <summary>
/// SQS, SNS, S3, EventBridge and Kinesis side by side on a free port, new for every test, and requests to them as
/// bytes.
/// </summary>
public abstract class RecordedTest : IAsyncLifetime
{
    private protected const string Account = "000000000000";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        // One byte for a character, so that a header can be any bytes; answers are read so as well.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });
    private readonly StubTarget functions = new("lambda");
    private readonly List<IAsyncDisposable> modules = [];
    private KinesisModule? streams;
    private readonly AnswerNames names = new();
    private readonly string directory = Directory.CreateTempSubdirectory("isobar-recorded-").FullName;
    private ModuleOnPortZero host = null!;

    private protected StubTarget Functions => functions;

    private protected Uri Address => host.Address;

    /// <summary>The X-Ray trace that requests bring along.</summary>
    private protected string? TraceHeader { get; set; }

    public async ValueTask InitializeAsync() => host = await ModuleOnPortZero.StartAsync(world =>
    {
        var queues = new SqsModule(world.Context);
        var topics = new SnsModule(world.Context);
        var buses = new EventBridgeModule(world.Context);
        var buckets = new S3Module(world.Context with { DataDirectory = directory });
        world.Directory.Add(queues);
        world.Directory.Add(topics);
        world.Directory.Add(functions);
        world.Directory.Add(buses);
        modules.AddRange([buses, topics, queues, buckets]);
        streams = new KinesisModule(world.Context);
        return [queues, topics, buckets, buses, streams];
    });

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var module in modules) await module.DisposeAsync();
        streams?.Dispose();
        await host.DisposeAsync();
        http.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>A new queue's URL.</summary>
    private protected async Task<string> QueueAsync(string name = "queue", string attributes = "{}")
    {
        var answer = await SqsAsync(
            "CreateQueue", null, $$"""{"QueueName":"{{name}}","Attributes":{{attributes}} }""");
        return (string)answer.Ok().Body!["QueueUrl"]!;
    }

    /// <summary>Asks SQS.</summary>
    /// <param name="queue">The URL, where the operation has one.</param>
    /// <param name="json">The other parameters.</param>
    /// <param name="toQueue">To the queue's own URL.</param>
    private protected async Task<Answer> SqsAsync(
        string operation, string? queue, string json = "{}", bool toQueue = false)
    {
        var parameters = JsonNode.Parse(json)!;
        if (queue is not null) parameters["QueueUrl"] = queue;
        using var request = JsonRequest($"AmazonSQS.{operation}", "1.0", parameters.ToJsonString());
        if (toQueue) request.RequestUri = new Uri(queue!);
        return await SendAsync(request, "sqs");
    }

    /// <summary>Asks EventBridge.</summary>
    private protected async Task<Answer> EventsAsync(string operation, string json)
    {
        using var request = JsonRequest($"AWSEvents.{operation}", "1.1", json);
        return await SendAsync(request, "events");
    }

    /// <summary>Asks Kinesis.</summary>
    private protected async Task<Answer> KinesisAsync(string operation, string json)
    {
        using var request = JsonRequest($"Kinesis_20131202.{operation}", "1.1", json);
        return await SendAsync(request, "kinesis");
    }

    /// <summary>Asks SNS; a parameter whose value is null is left out.</summary>
    private protected Task<Answer> SnsAsync(string action, params (string Name, string? Value)[] parameters) =>
        QueryAsync("sns", action, parameters);

    /// <summary>Asks a service by the Query protocol.</summary>
    private protected async Task<Answer> QueryAsync(
        string service, string action, params (string Name, string? Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Address)
        {
            Content = new FormUrlEncodedContent(parameters.Where(pair => pair.Value is not null)
                .Select(pair => KeyValuePair.Create(pair.Name, pair.Value!)).Prepend(new("Action", action))),
        };
        return await SendAsync(request, service);
    }

    /// <summary>Asks S3.</summary>
    /// <param name="target">Path and query, sent as they are.</param>
    private protected Task<Answer> S3Async(
        string method, string target, string body = "", params (string Name, string Value)[] headers) =>
        S3Async(method, target, Encoding.UTF8.GetBytes(body), headers);

    private protected async Task<Answer> S3Async(
        string method, string target, byte[] body, params (string Name, string Value)[] headers)
    {
        var url = new Uri(host.Address.GetLeftPart(UriPartial.Authority) + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (body.Length > 0 || method is "PUT" or "POST") request.Content = new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request, "s3");
    }

    /// <summary>Compares a whole answer: the status, every header and every field.</summary>
    /// <param name="expected">In the form of <see cref="AnswerText.OfExpected"/>.</param>
    private protected static void Is(string expected, Answer answer) =>
        Assert.Equal(AnswerText.OfExpected(expected), answer.Whole);

    /// <summary>The numbered name of a value, for example of a version's id.</summary>
    private protected string NameOf(string kind, string value) => names.Of(kind, value);

    /// <summary>Lets service time pass, and waits until what it woke is done.</summary>
    private protected Task PassAsync(int seconds)
    {
        host.World.Clock.JumpBy(TimeSpan.FromSeconds(seconds));
        return QuietAsync();
    }

    /// <summary>Waits until no delivery is under way.</summary>
    private protected async Task QuietAsync()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.True(await host.World.Activity.WaitForQuietAsync(Bound, TestContext.Current.CancellationToken));
            await Task.Yield();
        }
    }

    private HttpRequestMessage JsonRequest(string target, string version, string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue($"application/x-amz-json-{version}");
        request.Headers.Add("X-Amz-Target", target);
        return request;
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request, string service)
    {
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{ModuleOnPortZero.Region}/{service}/aws4_request, "
            + "SignedHeaders=host, Signature=0");
        if (TraceHeader is { } trace) request.Headers.Add("X-Amzn-Trace-Id", trace);
        if (service == "s3") request.Headers.TryAddWithoutValidation("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response, names);
    }
}
