using Isobar.Functions.Tests.Jobs;

namespace Isobar.Functions.Tests.Import;

/// <summary>To look into a failure, run its seed alone.</summary>
public sealed class SimulationTests : IAsyncLifetime
{
    private const int Seeds = 80;

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
    public async Task Every_import_lands_once_and_stays_landed_whatever_comes_twice_late_or_never()
    {
        var (losses, resent, unheard) = (0, 0, 0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                var run = await new ImportRun(new Random(seed), $"s{seed}", imports, jobs).ToTheEndAsync();
                (losses, resent, unheard) = (losses + run.Losses, resent + run.Resent, unheard + run.Unheard);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{losses} calls lost, {resent} imports sent again, {unheard} landed unheard");
        Assert.True(losses > Seeds, "Too few losses.");
        Assert.True(resent > Seeds / 10, "Too few imports failed.");
        Assert.InRange(unheard, 1, Seeds / 10);
    }
}
