using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Isobar.Instrumentation.Calls;
using Isobar.Instrumentation.Lambda;
using Isobar.Instrumentation.Writing;
using Isobar.Local.Wire;

namespace Isobar.Functions.Tests.Instrumentation;

/// <summary>The internal extension against an Extensions API of the tests.</summary>
public sealed class InternalExtensionTests : IAsyncDisposable
{
    private const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    // What the extension asked for, and what the API answers to its next.
    private readonly Channel<string> asked = Channel.CreateUnbounded<string>();
    private readonly Channel<string?> events = Channel.CreateUnbounded<string?>();
    private readonly BlockingCollection<JsonNode> lines = [];
    private readonly CallLog calls = new(TimeProvider.System);
    private readonly RuntimeWatch runtime = new();
    private WireServer? server;

    [Fact]
    public async Task It_asks_for_the_next_event_when_the_runtime_has_answered_and_all_is_written()
    {
        await StartAsync();
        Assert.Equal("POST register instrumentation {\"events\":[\"INVOKE\"]}", await AskedAsync());
        Assert.Equal("GET event/next", await AskedAsync());
        runtime.Begin(Guid.NewGuid(), "/2018-06-01/runtime/invocation/next");
        events.Writer.TryWrite(Invoke("id-1"));
        Call(200);
        Assert.Empty(lines);

        var answer = Guid.NewGuid();
        runtime.Begin(answer, "/2018-06-01/runtime/invocation/id-1/response");
        Assert.True(runtime.End(answer));
        Assert.Equal("GET event/next", await AskedAsync());

        var written = Lines();
        Assert.Equal(3, written.Length);
        Assert.Equal(("f", "id-1", true), (Text(written[0], "FunctionName"), Text(written[0], "requestId"),
            (bool)written[0]["coldStart"]!));
        Assert.Equal(("f", "host:81"), (Text(written[1], "FunctionName"), Text(written[1], "Host")));
        Assert.Equal(
            ("1-5759e988-bd862e3fe1be46a994272793", "53995c3f42cd8ad8", true),
            (Text(written[2], "traceId"), Text(written[2], "parentId"), (bool)written[2]["sampled"]!));
    }

    [Fact]
    public async Task Every_metric_that_a_line_names_is_a_number_in_it_and_every_dimension_a_text()
    {
        await StartAsync();
        await InvokeAsync("id-1", () => Call(200));

        foreach (var line in Lines().Where(line => line["_aws"] is not null))
        {
            var directive = line["_aws"]!["CloudWatchMetrics"]![0]!;
            Assert.Equal("Instrumentation", Text(directive, "Namespace"));
            Assert.InRange((long)line["_aws"]!["Timestamp"]!, 1_700_000_000_000, 9_999_999_999_999);
            foreach (var dimension in directive["Dimensions"]![0]!.AsArray())
                Assert.NotEmpty(Text(line, (string)dimension!)!);
            foreach (var metric in directive["Metrics"]!.AsArray())
                Assert.All(line[Text(metric!, "Name")!] as JsonArray ?? [line[Text(metric!, "Name")!]!.DeepClone()],
                    value => Assert.True((double)value! >= 0));
        }
    }

    [Fact]
    public async Task Many_calls_are_many_lines_that_are_each_short_enough_to_be_written_at_once()
    {
        await StartAsync();
        await InvokeAsync("id-1", () =>
        {
            for (var call = 0; call < 150; call++)
                Call(503, $"http://{new string('h', 60)}{call}/{new string('p', 40)}");
        });

        var written = Lines();
        Assert.All(written, line => Assert.InRange(line.ToJsonString().Length, 1, 4_096));
        Assert.Equal(100, written.Sum(line => line["spans"]?.AsArray().Count ?? 0));
        Assert.Equal(50, (int)written[^1]["uncounted"]!);
        // Each host costs; what is over the bound is one.
        var hosts = written.Where(line => line["Host"] is not null).ToArray();
        Assert.Equal(21, hosts.Length);
        Assert.Equal(("other", 80), (Text(hosts[^1], "Host"), (int)hosts[^1]["HttpFaults"]!));
    }

    [Fact]
    public async Task A_refused_registration_lets_the_runtime_go_on()
    {
        await StartAsync(registration: 403);
        Assert.StartsWith("POST register", await AskedAsync(), StringComparison.Ordinal);

        runtime.Begin(Guid.NewGuid(), "/2018-06-01/runtime/invocation/next");
        Assert.True(runtime.Sees);
    }

    [Fact]
    public async Task A_poll_that_fails_is_repeated_because_Lambda_waits_for_it()
    {
        await StartAsync();
        events.Writer.TryWrite(null);
        await InvokeAsync("id-1", () => Call(200), polls: 2);

        Assert.NotEmpty(Lines());
    }

    [Fact]
    public async Task A_report_that_fails_does_not_keep_the_extension_from_asking_for_the_next_event()
    {
        await StartAsync(write: _ => throw new InvalidOperationException("on purpose"));
        for (var request = 0; request < 2; request++) await AskedAsync();
        for (var invocation = 1; invocation < 15; invocation++)
        {
            runtime.Begin(Guid.NewGuid(), "/2018-06-01/runtime/invocation/next");
            events.Writer.TryWrite(Invoke($"id-{invocation}"));
            runtime.Begin(Guid.NewGuid(), "/2018-06-01/runtime/invocation/next");
            Assert.Equal("GET event/next", await AskedAsync());
        }
    }

    [Fact]
    public async Task A_runtime_whose_calls_are_not_seen_is_told_of_at_the_next_event()
    {
        await StartAsync();
        for (var poll = 0; poll < 2; poll++) await AskedAsync();
        events.Writer.TryWrite(Invoke("id-1"));
        await AskedAsync();
        Call(200);
        Assert.Empty(lines);
        events.Writer.TryWrite(Invoke("id-2"));
        await AskedAsync();

        Assert.All(Lines(), line => Assert.Equal("id-1", Text(line, "requestId")));
    }

    public async ValueTask DisposeAsync()
    {
        // A poll that ends ten times lets the extension's thread end.
        events.Writer.TryComplete();
        if (server is not null) await server.DisposeAsync();
        lines.Dispose();
    }

    private async Task StartAsync(int registration = 200, LineWriter? write = null)
    {
        server = await WireServer.StartAsync(http => AnswerAsync(http, registration), 0, CancellationToken.None);
        var extension = new InternalExtension(
            new ExtensionsApi(server.Address.Authority), runtime, TimeProvider.System,
            new InvocationReport("f", calls, TimeProvider.System, write ?? Keep));
        new Thread(extension.Run) { IsBackground = true }.Start();
    }

    private void Keep(ReadOnlySpan<byte> line)
    {
        Assert.Equal((byte)'\n', line[^1]);
        lines.Add(JsonNode.Parse(line)!);
    }

    /// <param name="polls">How often the extension asks before it gets the event.</param>
    private async Task InvokeAsync(string requestId, Action handler, int polls = 1)
    {
        for (var request = 0; request < 1 + polls; request++) await AskedAsync();
        runtime.Begin(Guid.NewGuid(), "/2018-06-01/runtime/invocation/next");
        events.Writer.TryWrite(Invoke(requestId));
        handler();
        runtime.Begin(Guid.NewGuid(), "/2018-06-01/runtime/invocation/next");
        Assert.Equal("GET event/next", await AskedAsync());
    }

    private void Call(int status, string address = "http://host:81/path")
    {
        var id = Guid.NewGuid();
        calls.Begin(id, "GET", new Uri(address));
        calls.End(id, status);
    }

    private JsonNode[] Lines() => [.. lines];

    private async Task<string> AskedAsync() =>
        await asked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Bound);

    private async Task AnswerAsync(HttpContext http, int registration)
    {
        var path = http.Request.Path.Value!.Replace("/2020-01-01/extension/", "", StringComparison.Ordinal);
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var name = http.Request.Headers["Lambda-Extension-Name"].ToString();
        asked.Writer.TryWrite($"{http.Request.Method} {path} {name} {body}".TrimEnd());
        string? answer = "{}";
        if (path == "register")
        {
            http.Response.StatusCode = registration;
            http.Response.Headers["Lambda-Extension-Identifier"] = "an-identifier";
        }
        else
        {
            Assert.Equal("an-identifier", http.Request.Headers["Lambda-Extension-Identifier"].ToString());
            answer = await events.Reader.WaitToReadAsync(http.RequestAborted) ? await events.Reader.ReadAsync() : null;
        }

        var content = Encoding.UTF8.GetBytes(answer ?? "{}");
        if (answer is null) http.Response.StatusCode = 500;
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content);
    }

    private static string Invoke(string requestId) => new JsonObject
    {
        ["eventType"] = "INVOKE",
        ["deadlineMs"] = TimeProvider.System.GetUtcNow().AddSeconds(60).ToUnixTimeMilliseconds(),
        ["requestId"] = requestId,
        ["invokedFunctionArn"] = "arn:aws:lambda:us-east-1:000000000000:function:f",
        ["tracing"] = new JsonObject { ["type"] = "X-Amzn-Trace-Id", ["value"] = Trace },
    }.ToJsonString();

    private static string? Text(JsonNode node, string name) => (string?)node[name];
}
