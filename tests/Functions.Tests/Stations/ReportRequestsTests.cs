using Isobar.Stations;
using Isobar.Tables;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Stations;

public sealed class ReportRequestsTests : IAsyncLifetime
{
    private StationsOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await StationsOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_request_is_ready_when_its_version_or_a_newer_one_is_current()
    {
        await table.Reports.AddAsync(["XIW00000001", "XIW00000002"], Version("a.csv", 2), default);
        Assert.Empty((await ReadyAsync()).Ready);
        await table.Currents.AdvanceAsync(new(Version("a.csv", 1), [1]), default);
        Assert.Empty((await ReadyAsync()).Ready);

        await table.Currents.AdvanceAsync(new(Version("a.csv", 3), [1]), default);

        Assert.Equal(["XIW00000001", "XIW00000002"], (await ReadyAsync()).Ready.Select(request => request.Station));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task A_request_of_a_version_that_never_becomes_current_does_not_hide_that_of_the_current_one(
        int first, int second)
    {
        await table.Currents.AdvanceAsync(new(Version("a.csv", 1), [1]), default);
        await table.Reports.AddAsync(["XIW00000001"], Version("a.csv", first), default);
        await table.Reports.AddAsync(["XIW00000001"], Version("a.csv", second), default);

        Assert.Equal(Version("a.csv", 1).Order, Assert.Single((await ReadyAsync()).Ready).Order);
    }

    [Fact]
    public async Task Removing_the_request_of_one_version_leaves_that_of_another()
    {
        await table.Currents.AdvanceAsync(new(Version("a.csv", 2), [1]), default);
        await table.Reports.AddAsync(["XIW00000001"], Version("a.csv", 1), default);
        var written = Assert.Single((await ReadyAsync()).Ready);
        await table.Reports.AddAsync(["XIW00000001"], Version("a.csv", 2), default);

        await table.Reports.RemoveAsync(written, default);
        var again = Assert.Single((await ReadyAsync()).Ready);
        Assert.Equal(Version("a.csv", 2).Order, again.Order);
        await table.Reports.RemoveAsync(again, default);
        await table.Reports.RemoveAsync(again, default);

        Assert.Empty((await ReadyAsync()).Ready);
    }

    [Fact]
    public async Task A_request_that_is_made_again_is_one_that_expires_later()
    {
        var later = new ReportRequests(
            table.Client, StationsOnPortZero.Name, StationsOnPortZero.Backoff,
            new Retention(TimeSpan.FromDays(400), new FixedTime(TableOnPortZero.Now)));
        await table.Reports.AddAsync(["XIW00000001"], Version("a.csv", 1), default);
        await later.AddAsync(["XIW00000001"], Version("a.csv", 1), default);

        var item = Assert.Single(await table.ItemsAsync("report"));
        Assert.Equal($"{TableOnPortZero.Now.AddDays(400).ToUnixTimeSeconds()}", item["expiresAt"].N);
    }

    [Fact]
    public async Task Pages_follow_each_other_also_over_requests_that_are_not_ready()
    {
        await table.Currents.AdvanceAsync(new(Version("a.csv", 1), [1]), default);
        await table.Reports.AddAsync(["XIW00000001", "XIW00000003"], Version("a.csv", 1), default);
        await table.Reports.AddAsync(["XIW00000002"], Version("b.csv", 1), default);

        var first = await table.Reports.ReadyAsync(2, null, default);
        var second = await table.Reports.ReadyAsync(2, first.Next, default);

        Assert.Equal("XIW00000001", Assert.Single(first.Ready).Station);
        Assert.Equal("XIW00000003", Assert.Single(second.Ready).Station);
        Assert.Null(second.Next);
    }

    private Task<ReportPage> ReadyAsync() => table.Reports.ReadyAsync(100, null, default);
}
