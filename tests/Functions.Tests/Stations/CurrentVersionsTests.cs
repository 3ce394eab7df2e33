using Isobar.Stations;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Stations;

public sealed class CurrentVersionsTests : IAsyncLifetime
{
    private StationsOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await StationsOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_version_replaces_an_older_one()
    {
        await table.Currents.AdvanceAsync(new(Version("a.csv", 1), [2, 7]), default);
        var current = await table.Currents.AdvanceAsync(new(Version("a.csv", 2), []), default);

        Assert.Equal(Version("a.csv", 2), current.Version);
        Assert.Empty(current.Shards);
        Assert.Equivalent(current, await table.Currents.FindAsync(current.Version.Source, default));
    }

    [Fact]
    public async Task An_older_version_never_comes_back()
    {
        await table.Currents.AdvanceAsync(new(Version("a.csv", 2), [1]), default);
        var current = await table.Currents.AdvanceAsync(new(Version("a.csv", 1), [3]), default);

        Assert.Equal(Version("a.csv", 2), current.Version);
        Assert.Equal([1], current.Shards);
    }

    [Fact]
    public async Task Older_versions_that_were_begun_are_found_until_they_are_forgotten_current_or_not()
    {
        foreach (var number in (int[])[1, 2, 3, 4])
            await table.Currents.BeginAsync(new(Version("a.csv", number), [2, 7]), default);
        await table.Currents.BeginAsync(new(Version("b.csv", 1), [2]), default);
        await table.Currents.AddShardAsync(new(Version("a.csv", 2), [2, 7]), 7, default);
        await table.Currents.ForgetAsync(Version("a.csv", 1), default);

        var older = await table.Currents.OlderAsync(Version("a.csv", 4), default);

        Assert.Equal([Version("a.csv", 2), Version("a.csv", 3)], older.Select(stored => stored.Version));
        Assert.All(older, stored => Assert.Equal([2, 7], stored.Shards));
    }

    [Fact]
    public async Task Of_many_versions_at_once_the_newest_stays_whatever_the_order()
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(1, 9).Reverse(), new ParallelOptions { MaxDegreeOfParallelism = 9 },
            async (number, _) =>
            {
                // As many others as there are may come in between; a message that fails comes again.
                while (true)
                {
                    try
                    {
                        await table.Currents.AdvanceAsync(new(Version("a.csv", number), [1]), default);
                        return;
                    }
                    catch (IOException)
                    {
                    }
                }
            });

        var current = await table.Currents.FindAsync(Version("a.csv", 1).Source, default);
        Assert.Equal(Version("a.csv", 9), current!.Version);
    }

    [Fact]
    public async Task Shards_are_in_one_after_the_other_each_once()
    {
        var (one, two) = (new StoredVersion(Version("a.csv", 1), [2, 7]), new StoredVersion(Version("a.csv", 2), [3]));
        await table.Currents.BeginAsync(one, default);
        Assert.Equal([7], await table.Currents.AddShardAsync(one, 7, default));
        Assert.Equal([7], await table.Currents.AddShardAsync(one, 7, default));
        Assert.Equal([2, 7], await table.Currents.AddShardAsync(one, 2, default));
        Assert.Equal([3], await table.Currents.AddShardAsync(two, 3, default));
    }

    [Theory]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E500")]
    [InlineData("0055aed6dcd90281e5", "0055AED6DCD90281E5")]
    public void Sequencers_that_mean_the_same_have_one_order(string one, string other) =>
        Assert.Equal(SourceVersion.OrderOf(one), SourceVersion.OrderOf(other));

    [Theory]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E6")]
    [InlineData("0055AED6DCD90281E5", "0055AED6DCD90281E501")]
    [InlineData("0055AED6DCD9", "0055AED6DCDA00")]
    public void A_later_sequencer_has_a_greater_order(string earlier, string later) => Assert.True(
        string.CompareOrdinal(SourceVersion.OrderOf(earlier), SourceVersion.OrderOf(later)) < 0);

    [Theory]
    [InlineData("")]
    [InlineData("0055 AED")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000001")]
    public void What_is_no_sequencer_is_refused(string sequencer) =>
        Assert.Throws<FormatException>(() => SourceVersion.OrderOf(sequencer));
}
