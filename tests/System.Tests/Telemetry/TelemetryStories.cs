using System.Security.Cryptography;
using Isobar.Local.Lambda.Environments;
using Isobar.Stories.Costs;

namespace Isobar.Stories.Telemetry;

/// <summary>What the telemetry extension brings to the bucket.</summary>
[Concept("External extension in a layer: telemetry", "TelemetryLayer", Code = "extensions/telemetry")]
public sealed class TelemetryStories
{
    private const int Invocations = 1_500;
    private const int InvocationsOfTheLongLane = 10_000;
    private const int Callers = 4;
    private const int MostTries = 50;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    [Fact]
    [Claim("X15")]
    public Task Every_line_and_event_is_in_the_bucket_once_though_runtimes_are_killed_at_random() =>
        InvokeAndKillAsync(Invocations);

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public Task Every_line_of_many_more_invocations_is_in_the_bucket_once() =>
        InvokeAndKillAsync(InvocationsOfTheLongLane);

    private static async Task InvokeAndKillAsync(int invocations)
    {
        var seed = Seeds.Next();
        var output = TestContext.Current.TestOutputHelper!;
        await using var host = await TelemetryHost.StartAsync(Repository.Root, Repository.Configuration);
        StoryReceipts.Follow(host.Host);
        var kills = new RandomKills(host.Host.Journal, seed, oneIn: 50);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = 0; i < invocations / Callers; i++)
                await host.InvokeAsync($$"""{"do":"log","text":"{{caller}}-{{i}}","lines":3}""");
        }));
        await host.RetireAllAsync();
        await kills.DisposeAsync();
        var lines = await host.ReadAsync();
        output.WriteLine(
            $"{kills.Kills} kills, {kills.Incarnations} sets of processes, {lines.Count} lines in "
            + $"{lines.Select(line => line.Key).Distinct().Count()} objects");

        Assert.True(kills.Kills > invocations / 200, "too few kills to mean anything");
        Assert.Equal(invocations, kills.Invocations.Distinct().Count());
        AssertNumberedWithoutGap(lines);
        Assert.Equal(
            kills.FunctionLines.Order(),
            lines.Where(line => line.Type == "function").Select(line => line.Record.GetString()!).Order());
        foreach (var type in (string[])["platform.start", "platform.runtimeDone", "platform.report"])
        {
            Assert.Equal(
                kills.Invocations.Order(),
                lines.Where(line => line.Type == type).Select(line => line.RequestId!).Order());
        }

        foreach (var type in (string[])["platform.initStart", "platform.initRuntimeDone", "platform.initReport"])
            Assert.Equal(kills.Incarnations, lines.Count(line => line.Type == type));
    }

    [Fact]
    [Claim("X22")]
    public async Task A_bucket_that_stalls_delays_no_invocation_and_what_was_dropped_is_told()
    {
        await using var door = new StallingDoor();
        await using var host = await TelemetryHost.StartAsync(Repository.Root, Repository.Configuration, door.Address);
        StoryReceipts.Follow(host.Host);
        door.Target = host.Host.Address;
        using var extension = await host.WarmUpAsync();
        door.Stall();
        var told = host.Host.Journal.WaitForAsync<LogLineWritten>(
            line => line.Extension == "telemetry" && line.Line.Contains("lines for the bucket are dropped"), Bound,
            host.Host.Journal.LastSequence);
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(150));
        for (var i = 0; i < 400; i++)
        {
            var noise = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
            Assert.True(await host.InvokeAsync($$"""{"do":"log","text":"{{noise}}{{text}}","lines":500}"""));
        }

        // The function's own log says so while the bucket can not.
        await told;
        extension.Refresh();
        TestContext.Current.TestOutputHelper!.WriteLine($"resident {extension.WorkingSet64 >> 20} MB");
        Assert.InRange(extension.WorkingSet64, 1, 64 << 20);

        door.Release();
        var lines = await ReadWhenToldAsync(host);
        var dropped = lines.Where(line => line.Type == "telemetry.dropped").ToArray();
        var droppedBefore = lines.Count(line => line.Type == "platform.logsDropped");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{lines.Length} lines shipped, {dropped.Length} reports of drops, {droppedBefore} of the platform's own");
        Assert.NotEmpty(dropped);
        Assert.Equal(
            lines[^1].Sequence - lines.Length,
            dropped.Sum(line => line.Record.GetProperty("droppedLines").GetInt64()));
    }

    /// <summary>
    /// Invokes until what piled up is shipped: the report of what was dropped comes behind it. Between invocations the
    /// extension stands still, like all of its environment.
    /// </summary>
    private static async Task<ShippedLine[]> ReadWhenToldAsync(TelemetryHost host)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            await host.InvokeAsync("""{"do":"sleep","ms":200}""");
            if ((await host.ReadAsync()).Any(line => line.Type == "telemetry.dropped")) break;
        }

        await host.RetireAllAsync();
        return [.. (await host.ReadAsync()).OrderBy(line => line.Sequence)];
    }

    private static void AssertNumberedWithoutGap(IReadOnlyList<ShippedLine> lines)
    {
        foreach (var environment in lines.GroupBy(line => line.Environment))
        {
            var sequences = environment.Select(line => line.Sequence).Order().ToArray();
            Assert.Equal(Enumerable.Range(1, sequences.Length).Select(number => (long)number), sequences);
        }
    }
}
