using System.Text;
using Isobar.Samples;

namespace Isobar.Stories.Kills;

/// <summary>Processes die at any moment; every row is counted once, and is in one place once.</summary>
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
    public Task Workers_killed_at_other_moments_cost_time_and_no_row(int run) => RunAsync(run);

    private async Task RunAsync(int run)
    {
        var seed = Seeds.Next();
        var planted = Write();

        Job job;
        int kills;
        await using (var transform = new Killer(stack.Host, "Transform", seed))
        await using (var intake = new Killer(stack.Host, "Intake", seed + 1))
        {
            await using var content = File.OpenRead(file);
            var landed = await stack.Landings.PutAsync($"killed/{run}.csv", content);
            job = (await stack.SettleAsync(landed)).Single();
            kills = transform.Kills + intake.Kills;
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{kills} processes killed");
        Assert.True(job.Total > 3, $"{job}");
        job.AssertFinishedAs(planted);
        await AssertEachRowOnceAsync(job, planted);
    }

    public void Dispose() => File.Delete(file);

    private Expectation Write()
    {
        using var content = File.Create(file);
        return History.Write(content, Rows);
    }

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
