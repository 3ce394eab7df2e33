using System.Text;
using System.Text.Json;
using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Events;
using Isobar.Telemetry.Otlp;
using static Isobar.Functions.Tests.Telemetry.BufferedLines;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>
/// Lines and platform events as OTLP's log records and spans, read by OpenTelemetry's published schema.
/// </summary>
public sealed class OtlpFormatTests
{
    private const string Request = "3da1f2dc-3222-475e-9205-e2e6c6318895";
    private const string Trace = "5759e988bd862e3fe1be46a994272793";
    private const string Header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    private readonly LineBuffer buffer;
    private readonly EventIntake intake;

    public OtlpFormatTests()
    {
        var ids = new SpanIds(EnvironmentId);
        var resource = new OtlpResource("weather", "probe", "7", "eu-central-1", 512 << 20, EnvironmentId);
        buffer = new LineBuffer("the endpoint", new OtlpFormat(resource, ids, true), LineBufferLimits.Default);
        intake = new EventIntake(null, new Sampling(1), null, new InvocationTracker(ids), [buffer]);
    }

    [Fact]
    public async Task A_line_is_a_log_record_with_its_level_time_number_and_trace()
    {
        Take(Start(Request, Header), """
            {"time":"2026-01-12T15:39:07.123Z","type":"function","record":
             {"level":"Warning","message":"a\n\u00e4","n":[1,-2.5,true,null]}}
            """);
        var requests = await DecodeAsync();
        var line = requests.LogRecords().Last();
        Assert.Equal("1768232347123000000", line.GetProperty("timeUnixNano").GetString());
        Assert.Equal(13, line.GetProperty("severityNumber").GetInt32());
        Assert.Equal("WARN", line.GetProperty("severityText").GetString());
        Assert.Equal(Trace, line.Hex("traceId"));
        Assert.Equal(1u, line.GetProperty("flags").GetUInt32());
        Assert.Equal("2", line.Attributes()["telemetry.sequence"]);
        Assert.Equal(Request, line.Attributes()["faas.invocation_id"]);
        Assert.Equal("""
            {"kvlistValue":{"values":[
            {"key":"level","value":{"stringValue":"Warning"}},
            {"key":"message","value":{"stringValue":"a\nä"}},
            {"key":"n","value":{"arrayValue":{"values":[{"intValue":"1"},{"doubleValue":-2.5},{"boolValue":true},{}]}}}
            ]}}
            """.ReplaceLineEndings(""), Text(line.GetProperty("body")));
        var resource = requests[0].GetProperty("resourceLogs")[0].GetProperty("resource").Attributes();
        Assert.Equal(("weather", "probe", EnvironmentId),
            (resource["service.name"], resource["faas.name"], resource["telemetry.environment"]));
    }

    [Fact]
    public async Task A_cold_invocation_is_a_span_with_its_init_and_the_platforms_spans_below_it()
    {
        Take(InitReport, Start(Request, Header), RuntimeDoneOf(Request), Report(Request, "success"));
        var spans = (await DecodeAsync()).Spans().ToDictionary(span => span.GetProperty("name").GetString()!);
        Assert.Equal(
            ["extensionOverhead", "init", "probe", "responseDuration", "responseLatency", "runtimeOverhead"],
            spans.Keys.Order());
        Assert.All(spans.Values, span => Assert.Equal(Trace, span.Hex("traceId")));
        Assert.Equal("53995c3f42cd8ad8", spans["probe"].Hex("parentSpanId"));
        Assert.All(
            spans.Values.Where(span => span.GetProperty("name").GetString() != "probe"),
            span => Assert.Equal(spans["probe"].Hex("spanId"), span.Hex("parentSpanId")));
        Assert.Equal(6, spans.Values.Select(span => span.Hex("spanId")).Distinct().Count());
        Assert.Equal(("True", "3"), (spans["probe"].Attributes()["faas.coldstart"],
            spans["probe"].Attributes()["aws.lambda.billed_duration_ms"]));
        Assert.Equal(2_500_000, Nanoseconds(spans["probe"]));
        Assert.Equal(80_000_000, Nanoseconds(spans["init"]));
        Assert.Equal(500_000, Nanoseconds(spans["extensionOverhead"]));
    }

    [Fact]
    public async Task A_failed_invocation_is_a_failed_span_with_the_type_of_its_error()
    {
        Take(Start(Request, Header), Report(Request, "error", "Runtime.ExitError"));
        var span = Assert.Single(
            (await DecodeAsync()).Spans(), span => span.GetProperty("name").GetString() == "probe");
        Assert.Equal(2, span.GetProperty("status").GetProperty("code").GetInt32());
        Assert.Equal("Runtime.ExitError", span.Attributes()["error.type"]);
    }

    [Fact]
    public async Task Without_a_trace_header_every_invocation_has_a_trace_of_its_own()
    {
        Take(Start("a", null), Report("a", "success"), Start("b", "nonsense"), Report("b", "success"));
        var spans = (await DecodeAsync()).Spans()
            .Where(span => span.GetProperty("name").GetString() == "probe").ToArray();
        Assert.Equal(2, spans.Select(span => span.Hex("traceId")).Distinct().Count());
        Assert.All(spans, span => Assert.Equal(32, span.Hex("traceId").Length));
        Assert.All(spans, span => Assert.False(span.TryGetProperty("parentSpanId", out _)));
    }

    [Fact]
    public async Task JSON_that_is_deeper_than_parsers_of_the_schema_allow_is_text_below_that_depth()
    {
        const int depth = 40;
        var record = $"{string.Concat(Enumerable.Repeat("{\"a\":", depth))}1{new string('}', depth)}";
        Take($$"""{"type":"function","record":{{record}}}""");
        var body = Text(Assert.Single((await DecodeAsync()).LogRecords()).GetProperty("body"));
        Assert.Equal(AnyValues.MaxDepth, body.Split("kvlistValue").Length - 1);
        Assert.Contains("\"stringValue\":\"{\\\"a\\\":", body);
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_and_long_texts_do_not_stop_a_batch()
    {
        var text = new string('x', 20_000);
        Take("""{"type":"function","record":{"half":"\ud800"}}""",
            $$"""{"type":"function","record":"{{text}}"}""", $$"""{"type":"function","record":"\t{{text}}"}""");
        var bodies = (await DecodeAsync()).LogRecords().Select(record => Text(record.GetProperty("body"))).ToArray();
        Assert.Contains(@"\\ud800", bodies[0]);
        Assert.Equal($$"""{"stringValue":"{{text}}"}""", bodies[1]);
        Assert.Equal($$"""{"stringValue":"\t{{text}}"}""", bodies[2]);
    }

    [Theory]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=a:0", false)]
    [InlineData("Parent=53995c3f42cd8ad8; Sampled=1; Root=1-5759e988-bd862e3fe1be46a994272793", true)]
    public void A_trace_header_is_read_in_any_order(string header, bool sampled)
    {
        var parsed = TraceHeader.Parse(header)!.Value;
        Assert.Equal(Trace, parsed.TraceId.ToString("x32"));
        Assert.Equal((0x53995c3f42cd8ad8UL, sampled), (parsed.ParentId, parsed.IsSampled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Root=2-5759e988-bd862e3fe1be46a994272793")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a99427279")]
    [InlineData("Root=1-5759e98g-bd862e3fe1be46a994272793")]
    [InlineData("Root=1-00000000-000000000000000000000000")]
    public void A_trace_header_without_a_valid_root_is_none(string header) => Assert.Null(TraceHeader.Parse(header));

    private static string InitReport => """
        {"time":"2026-01-12T15:39:07.080Z","type":"platform.initReport","record":{"initializationType":"on-demand",
         "phase":"init","status":"success","metrics":{"durationMs":80}}}
        """;

    private static string Start(string request, string? header) => $$"""
        {"time":"2026-01-12T15:39:07.100Z","type":"platform.start","record":{"requestId":"{{request}}","version":"7"
        {{(header is null ? "" : $",\"tracing\":{{\"type\":\"X-Amzn-Trace-Id\",\"value\":\"{header}\"}}")}} } }
        """;

    private static string RuntimeDoneOf(string request) => $$"""
        {"time":"2026-01-12T15:39:07.102Z","type":"platform.runtimeDone","record":{"requestId":"{{request}}",
         "status":"success","metrics":{"durationMs":2,"producedBytes":2},"spans":[
         {"name":"responseLatency","start":"2026-01-12T15:39:07.100Z","durationMs":1.5},
         {"name":"responseDuration","start":"2026-01-12T15:39:07.101Z","durationMs":0.25},
         {"name":"runtimeOverhead","start":"2026-01-12T15:39:07.102Z","durationMs":0.25}]} }
        """;

    private static string Report(string request, string status, string? errorType = null) => $$"""
        {"time":"2026-01-12T15:39:07.103Z","type":"platform.report","record":{"requestId":"{{request}}",
         "status":"{{status}}"{{(errorType is null ? "" : $",\"errorType\":\"{errorType}\"")}},
         "metrics":{"durationMs":2.5,"billedDurationMs":3,"memorySizeMB":512,"maxMemoryUsedMB":80},"spans":[
         {"name":"extensionOverhead","start":"2026-01-12T15:39:07.102Z","durationMs":0.5}]} }
        """;

    private void Take(params string[] events) =>
        intake.Take(Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]"), Now);

    private async Task<IReadOnlyList<JsonElement>> DecodeAsync()
    {
        buffer.Flush();
        var bodies = new List<OtlpBody>();
        while (buffer.Next(Now) is { } batch) bodies.Add(OtlpBody.Of(batch.Body.Kind, batch.Content));
        return await OtlpSchema.DecodeAsync(bodies);
    }

    private static long Nanoseconds(JsonElement span) =>
        long.Parse(span.GetProperty("endTimeUnixNano").GetString()!)
        - long.Parse(span.GetProperty("startTimeUnixNano").GetString()!);

    private static string Text(JsonElement element) => JsonSerializer.Serialize(
        element, new JsonSerializerOptions
        {
            MaxDepth = 512, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
}
