using System.Text.Json;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Telemetry;
using Isobar.Local.Tests.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>Extensions that subscribe, in real processes.</summary>
public sealed class SubscribedExtensionTests
{
    [Fact]
    public async Task A_subscriber_hears_the_whole_life_of_its_environment()
    {
        using var layer = new LayerFolder().WithProbe("ear", "INVOKE,SHUTDOWN", "subscribe");
        var probes = await PoolOfProbes.StartAsync();
        var function = ExtensionTests.Function(layer);
        await probes.InvokeAsync(function, """{"do":"log","text":"said","lines":2}""");
        await probes.InvokeAsync(function, "{}");
        await probes.DisposeAsync();

        var events = Heard(probes, "ear");
        Assert.Equal(
            [
                "platform.initStart", "platform.telemetrySubscription", "platform.initRuntimeDone",
                "platform.extension", "platform.initReport",
                "platform.start", "function said 1", "function said 2", "platform.runtimeDone", "platform.report",
                "platform.start", "platform.runtimeDone", "platform.report",
            ],
            SubscriptionFirst(events.Select(Name)));
        Assert.Equal("ear subscribed 200 \"OK\"", Said(probes, "ear", "ear subscribed"));
    }

    [Fact]
    public async Task What_a_killed_runtime_had_written_and_how_it_ended_comes_before_SHUTDOWN()
    {
        using var layer = new LayerFolder().WithProbe("ear", "INVOKE,SHUTDOWN", "subscribe");
        var probes = await PoolOfProbes.StartAsync();
        var function = ExtensionTests.Function(layer);
        await probes.InvokeAsync(function, """{"do":"log","text":"said"}""");
        await probes.InvokeAsync(function, """{"do":"sleep","ms":100}""");
        await probes.Journal.WaitForAsync<TelemetryDelivered>(_ => true, PoolOfProbes.Bound);
        await probes.InvokeAsync(function, """{"do":"kill"}""");
        await probes.InvokeAsync(function, """{"do":"log","text":"again"}""");
        await probes.DisposeAsync();

        var names = SubscriptionFirst(Heard(probes, "ear").Select(Name));
        Assert.Equal(
            [
                "platform.start", "function said 1", "platform.runtimeDone", "platform.report",
                "platform.start", "platform.runtimeDone", "platform.report",
                "platform.start", "platform.runtimeDone", "platform.report",
                "platform.initStart", "platform.telemetrySubscription", "platform.initRuntimeDone",
                "platform.extension", "platform.initReport",
                "platform.start", "function again 1", "platform.runtimeDone", "platform.report",
            ],
            names[5..]);
        var lines = ExtensionTests.LinesOf(probes, "ear").ToList();
        var shutdown = lines.FindIndex(line => line.Contains("\"eventType\":\"SHUTDOWN\""));
        Assert.InRange(lines.FindLastIndex(
            shutdown, line => line.Contains("Runtime.ExitError")), 0, shutdown - 1);
    }

    // Runtime and extension start together, so either may be ready before the other.
    private static string[] SubscriptionFirst(IEnumerable<string> names)
    {
        string[] ordered = [.. names];
        for (var at = 1; at < ordered.Length; at++)
            if (ordered[at - 1] == "platform.initRuntimeDone" && ordered[at] == "platform.telemetrySubscription")
                (ordered[at - 1], ordered[at]) = (ordered[at], ordered[at - 1]);
        return ordered;
    }

    [Fact]
    public async Task A_subscription_after_the_init_phase_is_refused()
    {
        using var layer = new LayerFolder().WithProbe("late", "INVOKE", "subscribe-late");
        await using var probes = await PoolOfProbes.StartAsync();
        await probes.InvokeAsync(ExtensionTests.Function(layer), "{}", tail: true);
        Assert.Equal(
            """late subscribed 403 {"errorMessage":"Telemetry API subscription is closed already","""
            + "\"errorType\":\"Telemetry.SubscriptionClosed\"}",
            Said(probes, "late", "late subscribed"));
    }

    [Fact]
    public async Task A_call_without_an_identifier_is_refused()
    {
        await using var probes = await PoolOfProbes.StartAsync();
        var call = JsonSerializer.Serialize(new { @do = "call", method = "PUT", path = "/2022-07-01/telemetry" });
        Assert.Contains("403 ", await probes.TextAsync(PoolOfProbes.Function(), call));
    }

    [Fact]
    public async Task A_subscriber_that_never_answers_holds_up_no_invocation()
    {
        using var layer = new LayerFolder().WithProbe("deaf", "INVOKE,SHUTDOWN", "stall");
        await using var probes = await PoolOfProbes.StartAsync();
        var function = ExtensionTests.Function(layer);
        for (var i = 0; i < 20; i++)
        {
            var outcome = await probes.InvokeAsync(function, """{"do":"log","text":"said","lines":100}""", tail: true);
            Assert.True(outcome.Duration < TimeSpan.FromSeconds(2), $"{outcome.Duration}");
        }

        Assert.Empty(probes.Journal.After(0).Select(entry => entry.Fact).OfType<TelemetryDelivered>());
    }

    private static string Name(JsonElement happened)
    {
        var type = happened.GetProperty("type").GetString()!;
        return type == "function" ? $"{type} {happened.GetProperty("record").GetString()}" : type;
    }

    private static JsonElement[] Heard(PoolOfProbes probes, string name) =>
    [
        .. ExtensionTests.LinesOf(probes, name).Where(line => line.StartsWith($"{name} telemetry "))
            .Select(line => JsonDocument.Parse(line[line.IndexOf('{')..]).RootElement),
    ];

    private static string Said(PoolOfProbes probes, string name, string beginning) =>
        ExtensionTests.LinesOf(probes, name).Single(line => line.StartsWith(beginning));
}
