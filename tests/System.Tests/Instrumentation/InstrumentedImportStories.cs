using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Environments;
using Isobar.Stories.Application;

namespace Isobar.Stories.Instrumentation;

/// <summary>Import, which copies files by S3's API and knows nothing of the layer that times its calls.</summary>
[Collection(OneStack.Name)]
public sealed class InstrumentedImportStories(StackFixture stack)
{
    private const string Sample = "XIW00000001.csv";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    [Concept("Internal extension in a layer: instrumentation", "InstrumentationLayer", "ImportFunction",
        Code = "layers/instrumentation")]
    [Claim("X3")]
    [Claim("X21")]
    public async Task The_calls_of_an_unchanged_function_are_timed_and_told_as_metrics_and_spans()
    {
        var imports = new Imports(stack.Stack);
        var station = Imports.NewStation();
        await imports.SeedAsync(station, Sample);
        var before = stack.Host.Journal.LastSequence;
        var importId = await imports.BeginAsync(station);
        await stack.UntilAsync(
            () => imports.ReadAsync(importId), import => import.GetValueOrDefault("state") == "landed");
        await stack.QuietAsync();

        // The copy of the station's file; its name has digits, so it may be an identifier.
        var line = await LineAsync(before, "/csv/by_station/*\"");
        var spans = JsonNode.Parse(line.Line)!;
        Assert.Equal(line.RequestId, (string?)spans["requestId"]);
        Assert.Matches("^1-[0-9a-f]{8}-[0-9a-f]{24}$", (string?)spans["traceId"]);
        Assert.All(spans["spans"]!.AsArray(), span =>
        {
            Assert.Equal((stack.Host.Address.Authority, false), ((string?)span!["host"], (bool?)span["fault"]));
            Assert.InRange((double)span["durationMs"]!, 0.01, 60_000);
        });
        Assert.DoesNotContain(station, line.Line);

        var timed = JsonNode.Parse((await LineAsync(before, "\"HttpDuration\":[")).Line)!;
        var count = timed["HttpDuration"]!.AsArray().Count;
        Assert.InRange(count, 3, 100);
        Assert.InRange(await SamplesAsync("HttpDuration", ("Host", (string)timed["Host"]!)), count, double.MaxValue);
        Assert.InRange(await SamplesAsync("HeapSize"), 1, double.MaxValue);

        // What the runtime client and the extension ask of Lambda are no calls of the function's.
        Assert.DoesNotContain("/runtime/", spans.ToJsonString());
    }

    private Task<LogLineWritten> LineAsync(long after, string text) => stack.Host.Journal.WaitForAsync<LogLineWritten>(
        line => line.FunctionName == stack.Stack.NameOf("ImportFunction") && line.Line.Contains(text), Bound, after);

    /// <summary>How many values CloudWatch has of a metric.</summary>
    private async Task<double> SamplesAsync(string metric, params (string Name, string Value)[] more)
    {
        // Of some days around now, as the service's clock may be ahead.
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        (string Name, string Value)[] dimensions =
            [("FunctionName", stack.Stack.NameOf("ImportFunction")), .. more];
        var found = await stack.Stack.Calls.CloudWatchAsync("GetMetricStatistics", new JsonObject
        {
            ["Namespace"] = "Instrumentation",
            ["MetricName"] = metric,
            ["Dimensions"] = new JsonArray([.. dimensions.Select(dimension => new JsonObject
            {
                ["Name"] = dimension.Name, ["Value"] = dimension.Value,
            })]),
            ["Statistics"] = new JsonArray("SampleCount"),
            ["Period"] = 86_400,
            ["StartTime"] = now - 86_400,
            ["EndTime"] = now + (60 * 86_400),
        });
        return found["Datapoints"]!.AsArray().Sum(point => (double)point!["SampleCount"]!);
    }
}
