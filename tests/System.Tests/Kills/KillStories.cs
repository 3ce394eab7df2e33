using System.Text;
using System.Text.Json.Nodes;
using Isobar.Samples;
using Isobar.Stories.Api;

namespace Isobar.Stories.Kills;

/// <summary>
/// Processes die at any moment; every row is counted once, and is in one place once, and the months are those of the
/// file.
/// </summary>
[Collection(OneStack.Name)]
public sealed class KillStories(StackFixture stack) : IDisposable
{
    private const int Rows = 800_000;

    private readonly string file = Path.GetTempFileName();

    [Fact]
    public Task Killed_workers_cost_time_and_no_row() => RunAsync(1);

    [Theory(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public Task Workers_killed_at_other_moments_cost_time_and_no_row(int run) => RunAsync(run);

    private async Task RunAsync(int run)
    {
        var seed = Seeds.Next();
        // A station of the run's own: the months of another run's file must not serve instead.
        var station = $"XIK0000000{run}";
        var planted = Write(station);

        Job job;
        JsonNode months;
        int kills;
        await using (var transform = new Killer(stack.Host, "Transform", seed))
        await using (var intake = new Killer(stack.Host, "Intake", seed + 1))
        await using (var finalize = new Killer(stack.Host, "Finalize", seed + 2))
        await using (var summarize = new Killer(stack.Host, "Summarize", seed + 3))
        {
            await using var content = File.OpenRead(file);
            var landed = await stack.Landings.PutAsync($"killed/{run}.csv", content);
            job = (await stack.SettleAsync(landed)).Single();
            months = await MonthsAsync(station);
            kills = transform.Kills + intake.Kills + finalize.Kills + summarize.Kills;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} processes killed");
        Assert.True(job.Total > 3, $"{job}");
        job.AssertFinishedAs(planted);
        await AssertEachRowOnceAsync(job, planted);
        Assert.Equal(PythonMonths.Of(await PythonMonths.OfAsync(file), station), PythonMonths.Served(months));
    }

    public void Dispose() => File.Delete(file);

    private Expectation Write(string station)
    {
        using var content = new MemoryStream();
        var planted = History.Write(content, Rows);
        var text = Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);
        File.WriteAllText(file, text.Replace(History.Station, station, StringComparison.Ordinal));
        return planted;
    }

    // Readers see all months at once, so the first that they see are all.
    private Task<JsonNode> MonthsAsync(string station) => stack.UntilAsync(
        async () =>
        {
            using var api = stack.Api();
            return JsonNode.Parse((await api.GetAsync($"stations/{station}/months")).Body)!;
        },
        answer => answer["months"] is JsonArray { Count: > 0 });

    // A history has one row a day and element, so that names a row.
    private async Task AssertEachRowOnceAsync(Job job, Expectation planted)
    {
        var awaited = new HashSet<string>(Rows, StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file, Encoding.UTF8).Skip(1))
            if (line.Split(',') is [_, var date, var element, not "-9999", _, "", ..]) awaited.Add(date + element);
        Assert.Equal(planted.Accepted, awaited.Count);

        await foreach (var row in stack.Landings.CuratedAsync(job))
        {
            var name = ((string)row["date"]!).Replace("-", "", StringComparison.Ordinal) + (string)row["element"]!;
            Assert.True(awaited.Remove(name), $"{name} is there twice, or was never accepted");
        }

        Assert.Empty(awaited);
        var quarantined = new HashSet<long>();
        await foreach (var row in stack.Landings.QuarantineAsync(job))
            Assert.True(quarantined.Add((long)row["offset"]!));
        Assert.Equal(planted.Flagged.Values.Sum(), quarantined.Count);
    }
}
