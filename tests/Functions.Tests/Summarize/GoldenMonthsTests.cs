using Isobar.Api;
using Isobar.Functions.Tests.Api;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Summarize;

/// <summary>The API's months of the samples against those that Python computes from the same file.</summary>
[Collection(nameof(Batches))]
public sealed class GoldenMonthsTests : IAsyncLifetime
{
    private SummariesWorld world = null!;

    public async ValueTask InitializeAsync() => world = await SummariesWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("XIW00000001", 8_388_608)]
    [InlineData("XIW00000001", 10_000)]
    [InlineData("XIW00000001", 333)]
    [InlineData("XIW00000002", 8_388_608)]
    [InlineData("XIW00000003", 4_096)]
    public async Task The_months_are_those_that_Python_computes_to_the_last_digit_in_chunks_of_any_size(
        string station, int chunkBytes)
    {
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 1), Read(station), chunkBytes));

        await AssertGoldenAsync(station, 1);
    }

    [Fact]
    public async Task They_are_the_same_after_a_replay_in_other_chunks_and_after_a_newer_version_came_first()
    {
        const string Station = "XIW00000003";
        var rows = Read(Station);
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 1), rows, 8_000));
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 2), rows, 500));
        await world.RunSentAsync();
        await AssertGoldenAsync(Station, 2);

        // The job of version 3, half of the file, ends after that of version 4.
        var half = await world.FinishAsync(Version("a.csv", 3), rows[..(rows.Length / 2)], 900);
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 4), rows, 50_000));
        await world.RunAsync(half);
        await world.RunSentAsync();
        await AssertGoldenAsync(Station, 4);
    }

    private async Task AssertGoldenAsync(string station, int version)
    {
        var route = new GetMonthsRoute(world.Stations.Reader, Calls.Responses);
        var answer = Calls.AssertAnswer(await route.GetMonths(station, Calls.Request(), new Invocation()), 200);
        var golden = await PythonMonths.OfAsync(PathOf(station));
        Assert.Equal(PythonMonths.Of(golden, station), PythonMonths.Served(answer));
        Assert.All(
            answer["months"]!.AsArray(),
            month => Assert.Equal($"v{version}", (string?)month!["source"]!["versionId"]));
    }

    private static string PathOf(string station) =>
        Path.Combine(AppContext.BaseDirectory, "samples", $"{station}.csv");

    private static byte[] Read(string station) => File.ReadAllBytes(PathOf(station));
}
