using Isobar.Functions.Tests.Telemetry;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;

namespace Isobar.Stories.Telemetry;

/// <summary>What the telemetry extension ships and says by its settings.</summary>
public sealed class TelemetrySettingStories
{
    [Fact]
    public async Task A_summary_of_each_invocation_becomes_metrics_of_the_function_and_of_its_errors()
    {
        await using var host = await StartAsync(("TELEMETRY_METRICS_NAMESPACE", "Probe"));
        await host.InvokeAsync("{}");
        await host.InvokeAsync("{}");
        Assert.False(await host.InvokeAsync("""{"do":"exit","code":3}"""));
        await host.RetireAllAsync();

        var data = host.Host.Journal.After(0).Select(entry => entry.Fact).OfType<LogLineWritten>()
            .Where(line => line.Extension == "telemetry")
            .SelectMany(line => EmbeddedMetrics.Read(line.Line)).ToLookup(datum => $"{datum.Metric}");
        string Of(string name, string dimensions) => string.Join(
            ' ', data.Where(group => group.Key.Contains(name) && group.Key.Contains(dimensions))
                .SelectMany(group => group).SelectMany(datum => datum.Values));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', data.Select(group => group.Key)));
        Assert.Equal("1 0 0", Of("ColdStart", "FunctionName"));
        Assert.Equal("1", Of("Errors", "Runtime.ExitError"));
        Assert.Equal(3, Of("BilledDuration", "FunctionName").Split(' ').Length);
        Assert.Equal(3, Of("MaxMemoryUsed", "FunctionName").Split(' ').Length);
        Assert.Single(Of("InitDuration", "FunctionName").Split(' '));

        // They come back as lines of an extension, and are not shipped once more.
        Assert.DoesNotContain(await host.ReadAsync(), line => line.Type == "extension");
    }

    [Fact]
    public async Task A_share_of_the_invocations_is_shipped_with_all_lines_and_what_was_left_out_is_counted()
    {
        const int invocations = 200, lines = 3, platformsLines = 3;
        await using var host = await StartAsync(("TELEMETRY_SAMPLE", "0.25"));
        for (var i = 0; i < invocations; i++) await host.InvokeAsync($$"""{"do":"log","text":"a","lines":{{lines}}}""");
        await host.RetireAllAsync();

        var shipped = await host.ReadAsync();
        var kept = shipped.Count(line => line.Type == "platform.start");
        var away = shipped.Where(line => line.Type == "telemetry.sampled").Select(line => line.Record).ToArray();
        Assert.InRange(kept, 20, 90);
        Assert.Equal(kept * lines, shipped.Count(line => line.Type == "function"));
        Assert.Equal(kept, shipped.Count(line => line.Type == "platform.report"));
        Assert.Equal(invocations - kept, away.Sum(record => record.GetProperty("invocations").GetInt64()));
        Assert.Equal(
            (invocations - kept) * (lines + platformsLines),
            away.Sum(record => record.GetProperty("lines").GetInt64()));
        Assert.Equal(
            Enumerable.Range(1, shipped.Count).Select(number => (long)number),
            shipped.Select(line => line.Sequence).Order());
    }

    [Fact]
    [Claim("X13")]
    public async Task By_the_Logs_API_the_same_lines_are_shipped_without_the_events_that_are_newer_than_it()
    {
        await using var host = await StartAsync(("TELEMETRY_API", "logs"));
        for (var i = 0; i < 5; i++) await host.InvokeAsync($$"""{"do":"log","text":"{{i}}","lines":2}""");
        await host.RetireAllAsync();

        var shipped = await host.ReadAsync();
        Assert.Equal(10, shipped.Count(line => line.Type == "function"));
        foreach (var type in (string[])["platform.start", "platform.runtimeDone", "platform.end", "platform.report"])
            Assert.Equal(5, shipped.Count(line => line.Type == type));
        Assert.Contains(shipped, line => line.Type == "platform.logsSubscription");
        Assert.DoesNotContain(shipped, line => line.Type.StartsWith("platform.init", StringComparison.Ordinal));
    }

    [Fact]
    [Claim("X22")]
    public async Task A_stalled_OTLP_endpoint_holds_up_neither_the_function_nor_the_bucket()
    {
        await using var door = new StallingDoor();
        await using var receiver = await OtlpReceiver.StartAsync();
        door.Target = receiver.Address;
        await using var host = await StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", door.Address.GetLeftPart(UriPartial.Authority)));
        door.Stall();
        for (var i = 0; i < 50; i++)
            Assert.True(await host.InvokeAsync($$"""{"do":"log","text":"{{i}}","lines":5}"""));
        for (var tries = 0; tries < 50; tries++)
        {
            if ((await host.ReadAsync()).Count(line => line.Type == "function") == 250) break;
            await host.InvokeAsync("""{"do":"sleep","ms":50}""");
        }

        Assert.Equal(250, (await host.ReadAsync()).Count(line => line.Type == "function"));
        door.Release();
        await host.RetireAllAsync();
        Assert.Equal(
            250, (await receiver.DecodeAsync()).LogRecords().Where(
                record => record.Attributes()["telemetry.type"] == "function")
                .DistinctBy(record => record.Attributes()["telemetry.sequence"]).Count());
    }

    private static Task<TelemetryHost> StartAsync(params (string, string)[] variables) =>
        TelemetryHost.StartAsync(Repository.Root, Repository.Configuration, null, variables);
}
