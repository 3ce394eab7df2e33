using System.Text.Json;
using Isobar.Functions.Tests.Telemetry;
using Isobar.Stories.Costs;

namespace Isobar.Stories.Telemetry;

/// <summary>
/// What the telemetry extension brings to an OTLP endpoint, read by OpenTelemetry's published schema.
/// </summary>
public sealed class OtlpStories
{
    private const int Invocations = 500;
    private const int InvocationsOfTheLongLane = 5_000;
    private const int Callers = 4;

    [Fact]
    [Claim("X22")]
    public Task Bucket_and_OTLP_endpoint_have_the_same_lines_though_runtimes_are_killed_and_answers_lost() =>
        InvokeAndKillAsync(Invocations);

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public Task Bucket_and_OTLP_endpoint_have_the_same_lines_of_5000_invocations() =>
        InvokeAndKillAsync(InvocationsOfTheLongLane);

    private static async Task InvokeAndKillAsync(int invocations)
    {
        await using var receiver = await OtlpReceiver.StartAsync(failsOneIn: 20);
        await using var host = await TelemetryHost.StartAsync(
            Repository.Root, Repository.Configuration, null, ("OTEL_EXPORTER_OTLP_ENDPOINT", $"{receiver.Address}"));
        StoryReceipts.Follow(host.Host);
        var kills = new RandomKills(host.Host.Journal, Seeds.Next(), oneIn: 50);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = 0; i < invocations / Callers; i++)
                await host.InvokeAsync($$"""{"do":"log","text":"{{caller}}-{{i}}","lines":3}""");
        }));
        await host.RetireAllAsync();
        await kills.DisposeAsync();

        var shipped = await host.ReadAsync();
        var requests = await receiver.DecodeAsync();
        var received = Received(requests).ToArray();
        var spans = requests.Spans().DistinctBy(span => span.Hex("spanId")).ToArray();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{kills.Kills} kills, {receiver.Failures} answers lost, {shipped.Count} lines in the bucket, "
            + $"{received.Length} received, {received.Distinct().Count()} different, {spans.Length} spans");
        Assert.True(kills.Kills > invocations / 200, "too few kills to mean anything");
        Assert.True(receiver.Failures > 0, "no answer was lost");
        Assert.True(received.Length > shipped.Count, "no line came twice, although answers were lost");
        Assert.Equal(
            shipped.Select(line => (line.Environment, line.Sequence, line.Type)).Order(), received.Distinct().Order());
        Assert.Equal(
            kills.Invocations.Order(),
            spans.Select(span => span.Attributes().GetValueOrDefault("faas.invocation_id")).OfType<string>().Order());
        Assert.Equal(kills.Incarnations, spans.Count(span => span.GetProperty("name").GetString() == "init"));
    }

    /// <summary>What names a line, for each time that it was received.</summary>
    private static IEnumerable<(string Environment, long Sequence, string Type)> Received(
        IEnumerable<JsonElement> requests) =>
        from request in requests
        where request.TryGetProperty("resourceLogs", out _)
        from resource in request.GetProperty("resourceLogs").EnumerateArray()
        let environment = resource.GetProperty("resource").Attributes()["telemetry.environment"]
        from record in new[] { request }.LogRecords()
        let attributes = record.Attributes()
        select (environment, long.Parse(attributes["telemetry.sequence"]), attributes["telemetry.type"]);
}
