using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Isobar.Local.Services.EventBridge;

namespace Isobar.Local.Tests.Services.EventBridge;

/// <summary>EventBridge on a free port, requests to it as JSON, and functions and queues that hear of events.</summary>
internal sealed class EventsOnPortZero : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private EventsOnPortZero(ModuleOnPortZero host, EventBridgeModule module, StubTarget functions, StubTarget queues)
    {
        this.host = host;
        Module = module;
        Functions = functions;
        Queues = queues;
    }

    public EventBridgeModule Module { get; }

    public StubTarget Functions { get; }

    public StubTarget Queues { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    public static string QueueArn(string name) => $"arn:aws:sqs:us-east-1:000000000000:{name}";

    public static async Task<EventsOnPortZero> StartAsync(EventBridgeLimits? limits = null)
    {
        var (functions, queues) = (new StubTarget("lambda"), new StubTarget("sqs"));
        EventBridgeModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(world =>
        {
            world.Directory.Add(functions);
            world.Directory.Add(queues);
            return [module = new EventBridgeModule(world.Context, limits)];
        });
        return new EventsOnPortZero(host, module!, functions, queues);
    }

    /// <summary>A rule on the default bus that sends every event of Isobar's to targets.</summary>
    /// <param name="targets">As JSON, joined by commas.</param>
    public async Task RuleAsync(string targets, string name = "all", string pattern = """{"source":["isobar"]}""")
    {
        await OkAsync("PutRule", $$"""{"Name":"{{name}}","EventPattern":{{Quote(pattern)}} }""");
        await OkAsync("PutTargets", $$"""{"Rule":"{{name}}","Targets":[{{targets}}]}""");
    }

    /// <summary>Puts an event on the default bus and waits until nothing is under way.</summary>
    public async Task<string> PutAsync(string detail, string more = "")
    {
        var answer = await OkAsync("PutEvents", $$"""
            {"Entries":[{"Source":"isobar","DetailType":"Import","Detail":{{Quote(detail)}}{{more}} }]}
            """);
        await QuietAsync();
        Assert.Equal(0, answer.GetProperty("FailedEntryCount").GetInt32());
        return answer.GetProperty("Entries")[0].GetProperty("EventId").GetString()!;
    }

    public async Task QuietAsync()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.True(await World.Activity.WaitForQuietAsync(Bound, TestContext.Current.CancellationToken));
            await Task.Yield();
        }
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, Encoding.UTF8.GetBytes(body));
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>Sends a request that must fail: code and message, with the status in front.</summary>
    public async Task<string> ErrorAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, Encoding.UTF8.GetBytes(body));
        return $"{status} {answer.GetProperty("__type").GetString()!.Split('#')[1]} "
            + $"{answer.GetProperty("message").GetString()}";
    }

    public async Task<(int Status, JsonElement Answer)> PostAsync(string operation, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Address)
        {
            Content = new ByteArrayContent(body)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") },
            },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"AWSEvents.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260112/{ModuleOnPortZero.Region}/events/aws4_request, Signature=0");
        using var response = await http.SendAsync(request);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return ((int)response.StatusCode, document.RootElement.Clone());
    }

    /// <summary>A text as a JSON string.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    public async ValueTask DisposeAsync()
    {
        await Module.DisposeAsync();
        http.Dispose();
        await host.DisposeAsync();
    }
}
