using Isobar.Functions.Tests.Jobs;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>
/// Balanced counts, and each row in one place once, whatever delivery at least once may do. To look into a
/// failure, run its seed alone: a seed decides everything.
/// </summary>
public sealed class SimulationTests : IAsyncLifetime
{
    private const int Runs = 120;
    private const int RunsOfTheLongLane = 250;
    private const int RunsOfRealSize = 2;
    private const int RunsOfRealSizeOfTheLongLane = 4;

    /// <summary>Every call that Intake and Transform make to the world outside.</summary>
    private static readonly string[] Steps =
    [
        "DeadLetters commit", "DeadLetters look", "DeadLetters read attempt",
        "Intake head", "Intake list job", "Intake open job", "Intake send",
        "Transform commit", "Transform look", "Transform look again",
        "Transform put curated", "Transform put partials", "Transform put quarantine", "Transform read",
        "Transform record attempt",
    ];

    private readonly Coverage coverage = new();
    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await JobsTableOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public Task Counts_balance_after_every_step_whoever_is_lost_and_each_row_ends_in_one_place() =>
        RunAllAsync(Seeds.UpTo(Runs));

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public Task Counts_balance_after_every_step_of_many_more_runs() => RunAllAsync(Seeds.UpTo(RunsOfTheLongLane));

    [Fact]
    public Task Counts_balance_with_chunks_of_the_real_size_too() => RunRealSizesAsync(Seeds.UpTo(RunsOfRealSize));

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public Task Counts_balance_in_more_runs_with_chunks_of_the_real_size() =>
        RunRealSizesAsync(Seeds.UpTo(RunsOfRealSizeOfTheLongLane));

    private async Task RunAllAsync(IReadOnlyList<int> seeds)
    {
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (seed, _) => await RunAsync(seed, Weather.OfAsync));

        TestContext.Current.TestOutputHelper?.WriteLine(coverage.ToString());
        // One seed alone does not meet everything.
        if (seeds.Count == 1) return;
        foreach (var fate in Enum.GetValues<Fate>()) Assert.Equal(Steps, coverage.StepsThat(fate));
        foreach (var end in (string[])["Finished", "Incomplete", "Finished Incomplete", "Refused"])
            Assert.True(coverage.Times($"ended {end}") > 0, $"No run ended {end}.");
        Assert.True(coverage.Times("redriven") > 20, "Too few redrives.");
    }

    private async Task RunRealSizesAsync(IReadOnlyList<int> seeds)
    {
        foreach (var seed in seeds) await RunAsync(seed, Weather.OfRealSizeAsync);
        Assert.True(coverage.Times("Transform commit: Goes") > seeds.Count * 6, "Too few commits.");
    }

    private async Task RunAsync(int seed, Func<int, Random, Task<Weather>> weatherOf)
    {
        try
        {
            var random = new Random(seed);
            await Run.ToTheEndAsync(random, await weatherOf(seed, random), table, coverage);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"ISOBAR_SEED={seed}: {e.Message}", e);
        }
    }
}
