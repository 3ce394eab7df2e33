using Isobar.Local.Edge.AccessLogs;
using Isobar.Local.Experiments;

namespace Isobar.Stories.Website;

/// <summary>The A/B test from its viewers to its read-out, by the distribution's access log.</summary>
[Collection(OneStack.Name)]
public sealed class ExperimentStories(StackFixture fixture) : IDisposable
{
    private const int Visitors = 200;

    private readonly Viewers viewers = new(fixture);

    public void Dispose() => viewers.Dispose();

    [Fact]
    public async Task The_read_out_counts_who_saw_which_variant_and_went_on()
    {
        await viewers.PublishAsync();
        var seed = Seeds.Next();
        var random = new Random(seed);
        var run = Guid.NewGuid().ToString("N");
        var begun = fixture.Host.Journal.LastSequence;
        var (saw, wentOn) = (new long[2], new long[2]);
        var today = DateOnly.FromDateTime(fixture.Host.Clock.GetUtcNow().UtcDateTime);
        for (var number = 0; number < Visitors; number++)
        {
            var agent = ("User-Agent", $"Visitor/{run}/{number}");
            var page = await viewers.PageAsync("/", agent);
            var variant = page.Contains("variant A of", StringComparison.Ordinal) ? 0 : 1;
            await viewers.PageAsync(variant == 0 ? "/a/page.js" : "/b/page.js", agent);
            saw[variant]++;
            if (random.NextDouble() >= (variant == 0 ? 0.2 : 0.5)) continue;
            await viewers.PageAsync("/jobs.html", agent);
            wentOn[variant]++;
        }

        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromHours(1), CancellationToken.None);
        var written = await fixture.Host.Journal.WaitForAsync<EdgeLogWritten>(
            _ => true, TimeSpan.FromSeconds(30), begun);
        Assert.StartsWith("website/E", written.Key, StringComparison.Ordinal);

        var count = new ExperimentCount();
        var place = new S3Place(fixture.Stack.AccessLogBucket, "website/");
        await foreach (var line in new AccessLogBucket(fixture.Stack.S3, place)
            .ReadAsync(today, today.AddDays(2), CancellationToken.None))
            if (line.UserAgent.Contains(run, StringComparison.Ordinal)) count.Add(line);
        var readOut = count.Read();

        Assert.Equal(saw, readOut.Variants.Select(variant => variant.Viewers));
        Assert.Equal(wentOn, readOut.Variants.Select(variant => variant.Converted));
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}\n{string.Join('\n', readOut.Lines())}");
    }
}
