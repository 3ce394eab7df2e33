using System.Text;
using System.Text.Json;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Lambda.Telemetry;
using Isobar.Local.Tests.Lambda.Environments;
using static Isobar.Local.Tests.Lambda.Telemetry.Telemetries;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>
/// What happens to an environment, as its subscribers hear of it. Order and fields are those of the developer guide's
/// event schema reference; the place of the events of a suppressed init is the runtime interface emulator's.
/// </summary>
public sealed class EventWriterTests
{
    private readonly TelemetryState state = new();
    private readonly EventWriter writer;
    private readonly Invocation invocation = new(new InvocationRequest(
        "6d6b5a46-3b8e-4f0a-9d61-0c1f0c7c1a11", "{}"u8.ToArray(), "arn",
        TraceId: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1"));
    private Subscriber subscriber = null!;

    public EventWriterTests() => writer = new EventWriter(PoolOfProbes.Function(), "2026/01/12/[$LATEST]0f", state);

    [Fact]
    public void A_first_invocation_is_told_in_AWSs_order_even_to_whoever_came_late()
    {
        InvokeFirst();
        Assert.Equal(
            ["platform.initStart", "platform.telemetrySubscription", "platform.initRuntimeDone",
             "platform.initReport", "platform.start", "platform.runtimeDone", "platform.report"],
            Delivered().Select(Type));
    }

    [Fact]
    public void The_fields_are_AWSs()
    {
        InvokeFirst();
        const string tracing = "\"tracing\":{\"type\":\"X-Amzn-Trace-Id\","
            + "\"value\":\"Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1\"}";
        Assert.Equal(
        [
            """{"time":"2026-01-12T15:39:07.000Z","type":"platform.initStart","record":{"""
            + """ "initializationType":"on-demand","phase":"init","runtimeVersion":"dotnet10.local","""
            + """ "runtimeVersionArn":"arn:aws:lambda:us-east-1::runtime:dotnet10-local","functionName":"probe","""
            + """ "functionVersion":"$LATEST","instanceId":"2026/01/12/[$LATEST]0f","instanceMaxMemory":536870912}}""",
            """{"time":"2026-01-12T15:39:07.005Z","type":"platform.telemetrySubscription","record":{"""
            + """ "name":"ext","state":"Subscribed","types":["platform","function"]}}""",
            """{"time":"2026-01-12T15:39:07.010Z","type":"platform.initRuntimeDone","record":{"""
            + """ "initializationType":"on-demand","phase":"init","status":"success"}}""",
            """{"time":"2026-01-12T15:39:07.012Z","type":"platform.initReport","record":{"""
            + """ "initializationType":"on-demand","phase":"init","status":"success","metrics":{"durationMs":12.5}}}""",
            """{"time":"2026-01-12T15:39:07.013Z","type":"platform.start","record":{"""
            + $$""" "requestId":"{{invocation.RequestId}}","version":"$LATEST",""" + tracing + "}}",
            """{"time":"2026-01-12T15:39:07.030Z","type":"platform.runtimeDone","record":{"""
            + $$""" "requestId":"{{invocation.RequestId}}","status":"success","""
            + """ "metrics":{"durationMs":17,"producedBytes":5},"spans":["""
            + """{"name":"responseLatency","start":"2026-01-12T15:39:07.013Z","durationMs":7},"""
            + """{"name":"responseDuration","start":"2026-01-12T15:39:07.020Z","durationMs":2.5},"""
            + """{"name":"runtimeOverhead","start":"2026-01-12T15:39:07.022Z","durationMs":7.5}],""" + tracing + "}}",
            """{"time":"2026-01-12T15:39:07.040Z","type":"platform.report","record":{"""
            + $$""" "requestId":"{{invocation.RequestId}}","status":"success","metrics":{"durationMs":27.25,"""
            + """ "billedDurationMs":28,"memorySizeMB":512,"maxMemoryUsedMB":33},"spans":["""
            + """{"name":"extensionOverhead","start":"2026-01-12T15:39:07.030Z","durationMs":10}],"""
            + tracing + "}}",
        ], Delivered().Select(each => each), Compare.WithoutSpaces);
    }

    [Fact]
    public void The_start_of_an_invocation_comes_after_the_init_that_was_done_in_it()
    {
        writer.Note(After(0), new WriteStart(invocation) { Initializing = true });
        writer.Note(After(0), new WriteSuppressedInitStart());
        Subscribe(After(5));
        writer.Note(After(10), new WriteInitRuntimeDone());
        writer.Note(After(12), new WriteInitDone());
        var events = Delivered();
        Assert.Equal(
            ["platform.initStart", "platform.telemetrySubscription", "platform.initRuntimeDone",
             "platform.initReport", "platform.start"],
            events.Select(Type));
        Assert.Equal("invoke", Record(events[0]).GetProperty("phase").GetString());
    }

    [Fact]
    public void A_runtime_that_dies_in_a_suppressed_init_is_told_as_an_error_of_all_it_was_doing()
    {
        writer.Note(After(0), new WriteStart(invocation) { Initializing = true });
        writer.Note(After(0), new WriteSuppressedInitStart());
        Subscribe(After(5));
        var exit = Failure.RuntimeExited(new ProcessEnd(1, null));
        writer.Note(After(12), Report(TimeSpan.FromMilliseconds(12), exit), 1);
        Assert.Equal(
            ["platform.initStart -", "platform.telemetrySubscription -", "platform.initRuntimeDone error",
             "platform.initReport error", "platform.start -", "platform.runtimeDone error", "platform.report error"],
            Delivered().Select(each => $"{Type(each)} {Status(each)}"));
    }

    [Fact]
    public void A_timeout_after_the_runtime_was_done_is_the_reports_alone()
    {
        Ready();
        writer.Note(After(13), new WriteStart(invocation));
        writer.Note(After(30), Done());
        var late = Failure.TimedOut(TimeSpan.FromSeconds(3));
        writer.Note(After(3_013), Report(TimeSpan.FromSeconds(3), late), 1);
        Assert.Equal(
            ["platform.start -", "platform.runtimeDone success", "platform.report timeout"],
            Delivered()[4..].Select(each => $"{Type(each)} {Status(each)}"));
    }

    [Fact]
    public void The_older_API_has_an_end_and_a_fault_and_no_init()
    {
        Ready(TelemetryApiKind.Logs, "2020-08-15");
        writer.Note(After(13), new WriteStart(invocation));
        var exit = Failure.RuntimeExited(new ProcessEnd(0, null));
        writer.Note(After(40), Report(TimeSpan.FromMilliseconds(27), exit), 33);
        var events = Delivered();
        Assert.Equal(
            ["platform.logsSubscription", "platform.start", "platform.fault", "platform.end", "platform.report"],
            events.Select(Type));
        Assert.Equal(
            $"RequestId: {invocation.RequestId} Error: Runtime exited without providing a reason\nRuntime.ExitError\n",
            Record(events[2]).GetString());
    }

    [Fact]
    public void A_subscription_after_the_init_is_refused()
    {
        writer.Note(After(0), new WriteInitStart());
        writer.Note(After(10), new WriteInitDone());
        Assert.Null(state.Subscribe("ext", Subscription(), After(11)));
        Assert.False(state.IsWanted);
    }

    [Fact]
    public void A_second_subscription_changes_the_first_and_repeats_nothing()
    {
        writer.Note(After(0), new WriteInitStart());
        Subscribe(After(5));
        var again = state.Subscribe("ext", Subscription(port: 5_000), After(6));
        Assert.Equal((subscriber, false), again);
        Assert.Equal(2, Delivered().Length);
        Assert.Equal(5_000, subscriber.Subscription.Destination.Port);
    }

    [Fact]
    public void The_processes_that_start_anew_find_no_subscription_of_the_ones_before()
    {
        Ready();
        var taken = subscriber.Take(After(20));
        writer.Note(After(20), new WriteSuppressedInitStart());
        Assert.Null(taken.Given());
        Assert.Equal(["platform.initStart", "platform.telemetrySubscription"], Again().Select(Type));
    }

    [Fact]
    public void What_is_kept_for_late_subscribers_has_a_bound()
    {
        writer.Note(After(0), new WriteInitStart());
        for (var i = 0; i < TelemetryLimits.MaxReplayedItems + 10; i++) state.Add(Line("x"), After(1));
        Subscribe(After(5));
        Assert.Equal(TelemetryLimits.MaxReplayedItems + 1, Delivered().Length);
    }

    [Fact]
    public void A_JSON_line_is_an_object_for_newer_subscribers_of_a_function_that_logs_JSON()
    {
        var line = """{"level":"Error","message":"no"}"""u8;
        var json = LogLines.Event(Start, TelemetryTypes.Function, LoggingFormat.Json, line);
        Assert.Equal("no", Record(Text(Subscription().Of(json)!.Value)).GetProperty("message").GetString());
        Assert.Equal(
            JsonValueKind.String, Record(Text(Subscription(schema: "2022-07-01").Of(json)!.Value)).ValueKind);
        var text = LogLines.Event(Start, TelemetryTypes.Function, LoggingFormat.Text, line);
        Assert.Equal(JsonValueKind.String, Record(Text(Subscription().Of(text)!.Value)).ValueKind);
        var broken = LogLines.Event(Start, TelemetryTypes.Function, LoggingFormat.Json, "{not json}"u8);
        Assert.Equal("{not json}", Record(Text(Subscription().Of(broken)!.Value)).GetString());
    }

    private void InvokeFirst()
    {
        writer.Note(After(0), new WriteInitStart());
        Subscribe(After(5));
        writer.Note(After(10), new WriteInitRuntimeDone());
        writer.Note(After(12.5), new WriteInitDone());
        writer.Note(After(13), new WriteStart(invocation));
        writer.Note(After(30), Done());
        writer.Note(After(40), Report(TimeSpan.FromMilliseconds(27.25), null), 33);
    }

    private void Ready(TelemetryApiKind api = TelemetryApiKind.Telemetry, string schema = "2022-12-13")
    {
        writer.Note(After(0), new WriteInitStart());
        Subscribe(After(5), api, schema);
        writer.Note(After(10), new WriteInitRuntimeDone());
        writer.Note(After(12), new WriteInitDone());
    }

    private string[] Again()
    {
        Subscribe(After(21));
        return Delivered();
    }

    private void Subscribe(
        DateTimeOffset now, TelemetryApiKind api = TelemetryApiKind.Telemetry, string schema = "2022-12-13") =>
        subscriber = state.Subscribe(
            "ext", Subscription(items: 20_000, bytes: 1 << 24, api: api, schema: schema), now)!.Value.Subscriber;

    private string[] Delivered()
    {
        _ = subscriber.Flush(After(10_000));
        return subscriber.Take(After(10_000)).Given().Batch.Texts();
    }

    private WriteRuntimeDone Done() => new(invocation, After(13), After(20), After(22.5), After(30), 5);

    private WriteReport Report(TimeSpan duration, Failure? failure) =>
        new(invocation, duration, null, failure) { ExtensionOverhead = (After(30), After(40)) };

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static string Type(string json) => JsonDocument.Parse(json).RootElement.GetProperty("type").GetString()!;

    private static JsonElement Record(string json) => JsonDocument.Parse(json).RootElement.GetProperty("record");

    private static string Status(string json) =>
        Record(json).TryGetProperty("status", out var status) ? status.GetString()! : "-";

    /// <summary>The expected texts are broken for reading, with a space where a line goes on.</summary>
    private sealed class Compare : IEqualityComparer<string>
    {
        public static readonly Compare WithoutSpaces = new();

        public bool Equals(string? one, string? other) => one?.Replace(" ", "") == other?.Replace(" ", "");

        public int GetHashCode(string text) => 0;
    }
}
