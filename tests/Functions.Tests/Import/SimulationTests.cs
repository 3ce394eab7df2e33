using Isobar.Functions.Tests.Jobs;

namespace Isobar.Functions.Tests.Import;

/// <summary>To look into a failure, run its seed alone.</summary>
public sealed class SimulationTests : IAsyncLifetime
{
    private const int Runs = 25;
    private const int RunsOfTheLongLane = 150;

    private TableOnPortZero imports = null!;
    private JobsTableOnPortZero jobs = null!;

    public async ValueTask InitializeAsync()
    {
        imports = await TableOnPortZero.StartAsync("Imports", "importId");
        jobs = await JobsTableOnPortZero.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await imports.DisposeAsync();
        await jobs.DisposeAsync();
    }

    [Fact]
    public Task Every_import_lands_once_and_stays_landed_whatever_comes_twice_late_or_never() =>
        RunAllAsync(Seeds.UpTo(Runs));

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public Task Every_import_of_many_more_runs_lands_once_and_stays_landed() =>
        RunAllAsync(Seeds.UpTo(RunsOfTheLongLane));

    private async Task RunAllAsync(IReadOnlyList<int> seeds)
    {
        var (losses, resent, unheard) = (0, 0, 0);
        foreach (var seed in seeds)
        {
            try
            {
                var run = await new ImportRun(new Random(seed), $"s{seed}", imports, jobs).ToTheEndAsync();
                (losses, resent, unheard) = (losses + run.Losses, resent + run.Resent, unheard + run.Unheard);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"ISOBAR_SEED={seed}: {e.Message}", e);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{losses} calls lost, {resent} imports sent again, {unheard} landed unheard");
        // One seed alone does not meet everything.
        if (seeds.Count == 1) return;
        Assert.True(losses > seeds.Count, "Too few losses.");
        Assert.True(resent > seeds.Count / 10, "Too few imports failed.");
        Assert.InRange(unheard, 1, seeds.Count / 10);
    }
}
