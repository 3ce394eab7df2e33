using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.CloudWatch;

namespace Isobar.Local.Tests.Services.CloudWatch;

/// <summary>CloudWatch on a free port, at a full minute of a clock that stands still until a test moves it.</summary>
internal sealed class CloudWatchOnPortZero : IAsyncDisposable
{
    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();
    private readonly ClockControl control;

    private CloudWatchOnPortZero(ModuleOnPortZero host, CloudWatchModule module)
    {
        (this.host, Module) = (host, module);
        control = new ClockControl(World.Clock, World.Activity, TimeSpan.FromSeconds(60));
    }

    public CloudWatchModule Module { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    /// <summary>What topics have received.</summary>
    public TopicsInName Topics { get; } = new();

    public static async Task<CloudWatchOnPortZero> StartAsync()
    {
        CloudWatchModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(world => [module = new CloudWatchModule(world.Context)]);
        var cloudWatch = new CloudWatchOnPortZero(host, module!);
        host.World.Directory.Add(module!);
        host.World.Directory.Add(cloudWatch.Topics);
        return cloudWatch;
    }

    /// <summary>Moves to the beginning of the next minute, so that a test's data are in one period.</summary>
    public async Task ToNextMinuteAsync()
    {
        var now = World.Clock.GetUtcNow();
        await AdvanceAsync(TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (now.Ticks % TimeSpan.TicksPerMinute)));
    }

    public Task AdvanceAsync(TimeSpan step) =>
        control.AdvanceByAsync(step, TestContext.Current.CancellationToken);

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        Assert.True(status == 200, $"{operation}: {answer}");
        return answer;
    }

    /// <summary>Sends a request that must fail: the status, the error's shape and the message.</summary>
    public async Task<string> ErrorAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        Assert.True(status >= 400, $"{operation}: {answer}");
        return $"{status} {answer.GetProperty("__type").GetString()!.Split('#')[1]} "
            + (answer.TryGetProperty("message", out var message) ? message.GetString() : "");
    }

    public async Task<(int Status, JsonElement Answer)> PostAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 "
            + "Credential=test/20260112/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"GraniteServiceVersion20100801.{operation}");
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return ((int)response.StatusCode, document.RootElement.Clone());
    }

    /// <summary>The state of an alarm.</summary>
    public async Task<string> StateAsync(string alarm) =>
        (await OkAsync("DescribeAlarms", $$"""{"AlarmNames":["{{alarm}}"]}"""))
            .GetProperty("MetricAlarms")[0].GetProperty("StateValue").GetString()!;

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        await Module.DisposeAsync();
        http.Dispose();
        await host.DisposeAsync();
    }

    /// <summary>Topics that keep what they receive.</summary>
    internal sealed class TopicsInName : ITarget
    {
        public string Service => "sns";

        public ConcurrentQueue<(Arn Topic, string? Subject, JsonElement Message)> Received { get; } = new();

        public bool Exists(Arn resource) => resource.Resource != "gone";

        public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
        {
            using var message = JsonDocument.Parse(happened.Payload);
            Received.Enqueue((resource, happened.Subject, message.RootElement.Clone()));
            return ValueTask.CompletedTask;
        }
    }
}
