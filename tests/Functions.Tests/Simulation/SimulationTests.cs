using Isobar.Functions.Tests.Jobs;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>
/// Balanced counts and "each row in one place once" under everything that delivery at least once may do. To look into a
/// failure, run its seed alone: a seed decides everything.
/// </summary>
public sealed class SimulationTests : IAsyncLifetime
{
    private const int Seeds = 240;
    private const int SeedsOfRealSize = 4;

    /// <summary>Every call that Intake and Transform make to the world outside.</summary>
    private static readonly string[] Steps =
    [
        "DeadLetters commit", "DeadLetters look", "DeadLetters read note",
        "Intake head", "Intake list job", "Intake open job", "Intake send",
        "Transform commit", "Transform look", "Transform look again", "Transform note failure",
        "Transform put curated", "Transform put partials", "Transform put quarantine", "Transform read",
    ];

    private readonly Coverage coverage = new();
    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await JobsTableOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task The_counts_balance_after_every_step_whichever_worker_is_lost_and_each_row_ends_in_one_place()
    {
        await Parallel.ForAsync(1, Seeds + 1, new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (seed, _) => await RunAsync(seed, Weather.OfAsync));

        TestContext.Current.TestOutputHelper?.WriteLine(coverage.ToString());
        foreach (var fate in Enum.GetValues<Fate>()) Assert.Equal(Steps, coverage.StepsThat(fate));
        foreach (var end in (string[])["Finished", "Incomplete", "Finished Incomplete", "Refused"])
            Assert.True(coverage.Times($"ended {end}") > 0, $"No run ended {end}.");
        Assert.True(coverage.Times("redriven") > 20, "Too few redrives.");
    }

    [Fact]
    public async Task They_balance_with_chunks_of_the_real_size_too()
    {
        for (var seed = 1; seed <= SeedsOfRealSize; seed++) await RunAsync(seed, Weather.OfRealSizeAsync);
        Assert.True(coverage.Times("Transform commit: Goes") > SeedsOfRealSize * 6, "Too few commits.");
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
            throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
        }
    }
}
