using Isobar.Stations;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Stations;

public sealed class StationListTests : IAsyncLifetime
{
    private StationsOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await StationsOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_country_has_its_stations_in_order()
    {
        await AddAsync("XIW00000002", "XJW00000001", "XIW00000001");

        Assert.Equal(["XIW00000001", "XIW00000002"], await AllAsync("XI"));
        Assert.Equal(["XIW00000001", "XIW00000002", "XJW00000001"], await AllAsync(null));
        Assert.Empty(await AllAsync("XK"));
    }

    [Theory]
    [InlineData("XA")]
    [InlineData(null)]
    public async Task Pages_hold_a_hundred_and_follow_each_other(string? country)
    {
        var stations = Enumerable.Range(0, 250).Select(number => $"XAW{number:D8}").ToArray();
        await AddAsync(stations);

        var first = await table.List.PageAsync(country, null, default);

        Assert.Equal(stations[..100], first.Stations);
        Assert.Equal(stations, await AllAsync(country));
    }

    [Fact]
    public async Task More_countries_than_one_page_asks_for_are_on_the_next_page()
    {
        string[] stations =
            [.. from first in "ABCDEF" from second in "ABCDEFGHIJKL" select $"{first}{second}W00000001"];
        await AddAsync(stations);

        var page = await table.List.PageAsync(null, null, default);

        Assert.Equal(stations[..StationList.MaxCountries], page.Stations);
        Assert.Equal(stations, await AllAsync(null));
    }

    [Fact]
    public async Task A_station_stays_listed_until_no_version_has_it()
    {
        await table.Writer.AddStationsAsync(Version("a.csv", 1), ["XIW00000001"], default);
        await table.Writer.AddStationsAsync(Version("a.csv", 2), ["XIW00000001"], default);
        await table.Writer.RemoveStationsAsync(Version("a.csv", 1), ["XIW00000001"], default);
        Assert.Equal(["XIW00000001"], await AllAsync("XI"));

        await table.Writer.RemoveStationsAsync(Version("a.csv", 2), ["XIW00000001"], default);
        await table.Writer.RemoveStationsAsync(Version("a.csv", 2), ["XIW00000001"], default);

        Assert.Empty(await AllAsync("XI"));
        Assert.Empty(await table.ItemsAsync("XIW00000001"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("eGl3MDAwMDAwMDE")]
    [InlineData("WElXMDAwMDAwMDE=")]
    [InlineData("WElXMDAwMDAwMDEx")]
    [InlineData("YWJ-")]
    public void A_cursor_that_no_page_ended_with_is_refused(string text) => Assert.Null(StationsCursor.TryParse(text));

    [Theory]
    [InlineData("WElXMDAwMDAwMDE")]
    [InlineData("WEl-")]
    public void A_cursor_that_a_page_can_end_with_names_its_country(string text) =>
        Assert.Equal("XI", StationsCursor.TryParse(text)?.Country);

    private Task AddAsync(params string[] stations) =>
        table.Writer.AddStationsAsync(Version("a.csv", 1), stations, default);

    private async Task<IReadOnlyList<string>> AllAsync(string? country)
    {
        var stations = new List<string>();
        StationsCursor? cursor = null;
        do
        {
            var page = await table.List.PageAsync(country, cursor, default);
            stations.AddRange(page.Stations);
            cursor = page.Next is { } next ? StationsCursor.TryParse(next.ToString()) : null;
        }
        while (cursor is not null);
        return stations;
    }
}
