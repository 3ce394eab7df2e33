using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Isobar.Local.Costs;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.EventSources;
using Isobar.Samples;
using Isobar.Stories.Api;

namespace Isobar.Stories.Costs;

/// <summary>A stack with the template's own defaults, as an account would have it.</summary>
public sealed class DefaultsFixture : StackFixture
{
    internal override IReadOnlyList<string> Parameters =>
        ["TransformMaximumConcurrency=2", "TransformReservedConcurrency=0"];
}

/// <summary>Measures what docs/COST.md calculates with.</summary>
public sealed class MeasuredUseStories(DefaultsFixture stack) : IClassFixture<DefaultsFixture>
{
    private const int Rows = 100_000;
    private const int Singles = 20;
    private const int Bulk = 200;
    private const int Calls = 50;
    private const int AtATime = 8;

    private readonly byte[] file = MakeFile();

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task What_a_file_and_a_call_use_is_measured_and_written_down()
    {
        await LandAsync("warm", 3, atATime: 1);
        var stored = await StoredAsync();
        var single = await MeasureAsync(() => LandAsync("single", Singles, atATime: 1));
        var bulk = await MeasureAsync(() => LandAsync("bulk", Bulk, AtATime));
        var reads = await MeasureAsync(ReadAsync);
        // Its metric counts among the custom ones; its pages are not among the measured use.
        using var reported = await stack.Stack.Calls.InvokeAsync(
            stack.Stack.NameOf("ReportFunction"), """{"pages":1}""", "RequestResponse");
        await stack.QuietAsync();

        var measured = new JsonObject
        {
            ["measured"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["machine"] = MeasuredUse.Machine(),
            ["rows"] = Rows,
            ["bytes"] = file.Length,
            ["single"] = MeasuredUse.Of(Singles, single),
            ["bulk"] = MeasuredUse.Of(Bulk, bulk),
            ["reads"] = MeasuredUse.Of(2 * Calls, reads),
            ["storedBytesOfAFile"] = (await StoredAsync() - stored) / (Singles + Bulk),
            ["customMetrics"] = CustomMetrics().Count,
        };
        var text = measured.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        TestContext.Current.TestOutputHelper!.WriteLine(text);
        if (Environment.GetEnvironmentVariable("ISOBAR_UPDATE") == "1")
            await File.WriteAllTextAsync(MeasuredUse.Path, text + "\n");
    }

    private static byte[] MakeFile()
    {
        using var made = new MemoryStream();
        History.Write(made, Rows);
        return made.ToArray();
    }

    private async Task<Receipt> MeasureAsync(Func<Task> run)
    {
        await stack.QuietAsync();
        var before = StoryReceipts.Read();
        await run();
        // An invocation's REPORT comes after its answer.
        await stack.QuietAsync();
        return (StoryReceipts.Read()).Since(before);
    }

    private async Task LandAsync(string prefix, int count, int atATime)
    {
        foreach (var some in Enumerable.Range(0, count).Chunk(atATime == 1 ? 1 : count))
        {
            var before = stack.Host.Journal.LastSequence;
            using var free = new SemaphoreSlim(atATime);
            var landed = await Task.WhenAll(some.Select(async number =>
            {
                await free.WaitAsync();
                try
                {
                    return await stack.Landings.PutAsync($"{prefix}/{number:00000}.csv", file);
                }
                finally
                {
                    free.Release();
                }
            }));
            await stack.SettleAsync(landed);
            await stack.UntilAsync(
                () => Task.FromResult(Published(before)), published => published == some.Length);
        }
    }

    // Files whose changes CatalogWritePages has taken.
    private int Published(long after) => stack.Facts<BatchSucceeded>(after)
        .Where(batch => batch.FunctionName == stack.Stack.NameOf("CatalogWritePagesFunction"))
        .Sum(batch => batch.Deleted);

    private async Task ReadAsync()
    {
        using var api = stack.Api();
        for (var call = 0; call < Calls; call++)
        {
            var job = (await api.GetAsync("jobs?limit=5")).Expect(200)["jobs"]![0]!;
            (await api.GetAsync($"jobs/{job["id"]}")).Expect(200);
        }
    }

    private async Task<long> StoredAsync()
    {
        var bytes = 0L;
        foreach (var bucket in (string[])[stack.Stack.LandingBucket, stack.Stack.DataBucket, stack.Stack.SiteBucket])
        {
            await foreach (var page in stack.Stack.S3.Paginators.ListObjectsV2(
                new ListObjectsV2Request { BucketName = bucket }).Responses)
                bytes += (page.S3Objects ?? []).Sum(entry => entry.Size ?? 0);
        }

        return bytes;
    }

    // A metric is a namespace, a name and the values of its dimensions.
    private HashSet<string> CustomMetrics()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in stack.Facts<LogLineWritten>())
        {
            if (!line.Line.StartsWith("{\"_aws\"", StringComparison.Ordinal)) continue;
            var written = JsonNode.Parse(line.Line)!;
            foreach (var directive in written["_aws"]!["CloudWatchMetrics"]!.AsArray())
            foreach (var metric in directive!["Metrics"]!.AsArray())
            foreach (var set in directive["Dimensions"]!.AsArray())
                found.Add($"{directive["Namespace"]}/{metric!["Name"]}/"
                    + string.Join(",", set!.AsArray().Select(name => $"{name}={written[(string)name!]}")));
        }

        return found;
    }
}
