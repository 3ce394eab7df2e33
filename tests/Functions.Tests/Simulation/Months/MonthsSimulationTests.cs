using System.Text;
using Isobar.Functions.Tests.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Domain;
using Isobar.Intake;

namespace Isobar.Functions.Tests.Simulation.Months;

/// <summary>
/// Readers see one version of each file, whole, whatever delivery at least once may do to Finalize and Summarize; in
/// the end it is the newest one. To look into a failure, run its seed alone: a seed decides everything.
/// </summary>
public sealed class MonthsSimulationTests : IAsyncLifetime
{
    private const int Runs = 300;
    private const int RunsOfTheLongLane = 500;

    /// <summary>Every call that Finalize and Summarize make to the world outside.</summary>
    private static readonly string[] Steps =
    [
        "Finalize send", "Summarize add shard", "Summarize add source", "Summarize ask report",
        "Summarize begin version", "Summarize delete months", "Summarize expire years", "Summarize forget version",
        "Summarize list chunks", "Summarize list stations", "Summarize list versions", "Summarize look",
        "Summarize look at list", "Summarize look at source", "Summarize make current", "Summarize put countries",
        "Summarize put months", "Summarize put years", "Summarize read months", "Summarize read partials",
        "Summarize remove source", "Summarize remove version", "Summarize send", "Summarize unlist",
    ];

    private static readonly double[] Chances = [0, 0.01, 0.03, 0.08];

    private readonly Coverage coverage = new();
    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await JobsTableOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public Task Readers_see_one_version_of_each_file_after_every_step_whoever_is_lost_and_the_newest_in_the_end() =>
        RunAllAsync(Seeds.UpTo(Runs));

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public Task Readers_see_one_version_of_each_file_in_many_more_runs() => RunAllAsync(Seeds.UpTo(RunsOfTheLongLane));

    private async Task RunAllAsync(IReadOnlyList<int> seeds)
    {
        await Parallel.ForEachAsync(
            seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) => await RunAsync(seed));

        TestContext.Current.TestOutputHelper?.WriteLine(coverage.ToString());
        // One seed alone does not meet everything.
        if (seeds.Count == 1) return;
        foreach (var fate in Enum.GetValues<Fate>())
            Assert.Equal(
                Steps, coverage.StepsThat(fate).Where(step => !step.StartsWith("Reader", StringComparison.Ordinal)));
        Assert.Equal(["Reader query", "Reader read current"],
            coverage.StepsThat(Fate.Goes).Where(step => step.StartsWith("Reader", StringComparison.Ordinal)));
        foreach (var sight in (string[])["redriven", "given up", "replaced", "expires"])
            Assert.True(coverage.Times(sight) > seeds.Count / 20, $"Too few runs are {sight}.");
    }

    private async Task RunAsync(int seed)
    {
        try
        {
            var random = new Random(seed);
            await MonthsRun.ToTheEndAsync(seed, random, await WeatherAsync(seed, random), table, coverage);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"ISOBAR_SEED={seed}: {e.Message}", e);
        }
    }

    // All of a file, the rows of one of its stations, or nothing: so that versions lose stations.
    private static byte[] File(Random random)
    {
        var file = RandomFile.Create(random);
        var station = $"XIW0000000{random.Next(4)},";
        return random.Next(8) switch
        {
            0 => [],
            < 5 => Encoding.Latin1.GetBytes(string.Join('\n', Encoding.Latin1.GetString(file).Split('\n')
                .Where(row => row.StartsWith(station, StringComparison.Ordinal)))),
            _ => file,
        };
    }

    // One or two files of one to three versions each, with the same four stations.
    private static async Task<Weather> WeatherAsync(int seed, Random random)
    {
        var files = new List<LandedFile>();
        for (var source = random.Next(1, 3); source > 0; source--)
        {
            for (var version = random.Next(1, 4); version > 0; version--)
            {
                var content = new PlainContent(File(random));
                var landing = new Landing(
                    new ObjectVersion(
                        "landing", $"months/{seed}/{source}.csv", $"v{version}", $"0055AED6DCD9028{version:X4}"),
                    Examples.LandedAt);
                files.Add(await LandedFile.CreateAsync(
                    landing, content, Math.Max(1, content.Length / random.Next(1, 6))));
            }
        }

        return new Weather(
            Chances[random.Next(Chances.Length)], Chances[random.Next(Chances.Length)], random.Next(1, 6), files);
    }
}
