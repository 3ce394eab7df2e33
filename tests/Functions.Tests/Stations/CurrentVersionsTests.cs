using Isobar.Stations;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Stations;

public sealed class CurrentVersionsTests : IAsyncLifetime
{
    private StationsOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await StationsOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_version_replaces_an_older_one_and_names_it()
    {
        await table.Currents.AdvanceAsync(Version("a.csv", 1), [2, 7], default);
        var current = await table.Currents.AdvanceAsync(Version("a.csv", 2), [], default);

        Assert.Equal(Version("a.csv", 2), current.Version);
        Assert.Empty(current.Shards);
        Assert.Equal(Version("a.csv", 1), current.Replaced!.Version);
        Assert.Equal([2, 7], current.Replaced.Shards);
        Assert.Equivalent(current, await table.Currents.FindAsync(current.Version.Source, default));
    }

    [Fact]
    public async Task An_older_version_never_comes_back()
    {
        await table.Currents.AdvanceAsync(Version("a.csv", 2), [1], default);
        var current = await table.Currents.AdvanceAsync(Version("a.csv", 1), [1], default);

        Assert.Equal(Version("a.csv", 2), current.Version);
        Assert.Null(current.Replaced);
    }

    [Fact]
    public async Task The_same_version_again_changes_nothing()
    {
        await table.Currents.AdvanceAsync(Version("a.csv", 1), [1], default);
        await table.Currents.AdvanceAsync(Version("a.csv", 2), [1], default);
        var again = await table.Currents.AdvanceAsync(Version("a.csv", 2), [1], default);

        Assert.Equal(Version("a.csv", 1), again.Replaced?.Version);
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
                        await table.Currents.AdvanceAsync(Version("a.csv", number), [1], default);
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
        Assert.Equal([7], await table.Currents.AddShardAsync(Version("a.csv", 1), 7, default));
        Assert.Equal([7], await table.Currents.AddShardAsync(Version("a.csv", 1), 7, default));
        Assert.Equal([2, 7], await table.Currents.AddShardAsync(Version("a.csv", 1), 2, default));
        Assert.Equal([3], await table.Currents.AddShardAsync(Version("a.csv", 2), 3, default));
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
