using System.Text;
using Isobar.Domain;
using Isobar.Report;

namespace Isobar.Functions.Tests.Report;

public sealed class StationPagesTests
{
    private static readonly Station Skerry = new("XIW00000001", "Skerry Light");

    private static readonly SourceFile File =
        new("landing/csv/by_station/XIW00000001.csv", "v1", "0123456789abcdef", 24, new JobCounts(1_234, 5, 6, 7));

    [Fact]
    public void A_station_has_its_newest_decade_on_its_page_and_a_page_for_each_earlier_one()
    {
        var pages = Write([.. Months.Years(1988, 3), .. Months.Years(2011, 1)]);

        Assert.Equal(
            ["stations/XIW00000001/1980s.html", "stations/XIW00000001/1990s.html", "stations/XIW00000001/index.html"],
            pages.Select(page => page.Path));
        var paths = pages.Select(page => $"/{page.Path}").ToArray();
        foreach (var page in pages)
        {
            var html = PageReading.Read(page);
            var years = html.All("nav").Single(nav => (string?)nav.Attribute("aria-label") == "Years");
            Assert.Equal(["2010 to 2019", "1990 to 1999", "1980 to 1989"], years.All("a").Select(link => link.Value));
            Assert.All(years.Links(), link => Assert.Contains(link, paths));
            var shown = years.All("a").Single(link => link.Attribute("aria-current") is not null);
            Assert.Equal($"/{page.Path}", (string?)shown.Attribute("href"));
        }
    }

    [Fact]
    public void The_table_has_every_value_of_the_charts_and_a_dash_where_there_is_none()
    {
        var html = PageReading.Read(Write(
            [Months.Of("2024-01"), Months.Of("2024-02", maximum: null, minimum: -1.5m, precipitation: null)])[^1]);

        var rows = html.All("tbody").First().All("tr").Select(row => row.Elements().Select(cell => cell.Value))
            .ToArray();
        Assert.Equal(
            ["January 2024", "30", "20.5", "12.5", "3.5", "\u22124.5", "40.2", "9", "0", "0"], rows[0]);
        Assert.Equal(
            ["February 2024", "30", "\u2013", "\u2013", "\u22121.5", "\u22129.5", "\u2013", "\u2013", "0", "0"],
            rows[1]);
    }

    [Fact]
    public void Each_chart_is_there_in_two_sizes_and_without_data_in_words()
    {
        var html = PageReading.Read(Write([Months.Of("2024-01", precipitation: null)])[^1]);

        Assert.Equal(
            ["chart wide", "chart small"], html.All("svg").Select(svg => (string)svg.Attribute("class")!));
        Assert.Contains("No precipitation was accepted in these years.", html.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_records_of_all_years_are_on_the_stations_page_and_each_decades_on_its_own()
    {
        var pages = Write([Months.Of("1995-07", maximum: 35), Months.Of("2024-07", maximum: 30)]);

        Assert.Contains("43 \u00B0C July 1995", Records(pages[1]), StringComparison.Ordinal);
        Assert.Contains("43 \u00B0C July 1995", Records(pages[0]), StringComparison.Ordinal);
        var later = Write([Months.Of("1995-07", maximum: 30), Months.Of("2024-07", maximum: 35)]);
        Assert.Contains("43 \u00B0C July 2024", Records(later[1]), StringComparison.Ordinal);
        Assert.Contains("38 \u00B0C July 1995", Records(later[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_stations_page_says_which_file_version_and_job_and_the_outcomes_of_the_rows()
    {
        var expired = File with { Key = "landing/old.csv", Months = 3, Counts = null };
        var html = PageReading.Read(StationPages.Write(Skerry, [Months.Of("2024-01")], [expired, File])[^1]);

        var rows = html.All("section").Single(part => (string?)part.Attribute("id") == "provenance")
            .All("tbody").Single().All("tr").Select(row => row.Elements().Select(cell => cell.Value.Trim())).ToArray();
        Assert.Equal([File.Key, "v1", "0123456789", "24", "1,234", "5", "6", "7"], rows[0]);
        Assert.Equal(
            ["landing/old.csv", "v1", "0123456789", "3", "expired", "expired", "expired", "expired"], rows[1]);
        Assert.Contains("/jobs/0123456789abcdef", html.Links());
    }

    [Fact]
    public void A_new_version_of_a_file_changes_only_the_pages_whose_months_it_changes()
    {
        var before = Write(Months.Years(1980, 45));
        var after = StationPages.Write(
            Skerry, [.. Months.Years(1980, 44), .. Months.Years(2024, 1).Select(month => month with { WetDays = 1 })],
            [File with { VersionId = "v2", Job = "job-2" }]);

        var changed = before.Zip(after).Where(pair => !pair.First.Content.AsSpan().SequenceEqual(pair.Second.Content));
        Assert.Equal(["stations/XIW00000001/index.html"], changed.Select(pair => pair.First.Path));
    }

    [Fact]
    public void What_comes_from_files_is_text_and_never_markup()
    {
        const string Hostile = "<script>alert('1')</script>&\"'\u0001\uFFFE\uD800 \U0001F321 x";
        var station = new Station("XIW00000001", Hostile);
        var file = File with { Key = Hostile, VersionId = Hostile, Job = Hostile };
        var page = StationPages.Write(station, [Months.Of("1999-01"), Months.Of("2024-01")], [file]);

        Assert.All(page, each =>
        {
            var html = PageReading.Read(each);
            Assert.DoesNotContain("<script>", Encoding.UTF8.GetString(each.Content), StringComparison.Ordinal);
            Assert.Contains(
                "<script>alert('1')</script>&\"'\uFFFD\uFFFD\uFFFD \U0001F321 x", html.Value, StringComparison.Ordinal);
            Assert.All(html.Links(), link => Assert.DoesNotContain("..", link, StringComparison.Ordinal));
        });
        var listed = StationLists.Of(
            new ListNode("XI", ["XIW00000001"], []),
            StationNames.Read(new MemoryStream(Encoding.UTF8.GetBytes($"id,name\nXIW00000001,<b>&\n"))));
        Assert.Contains("<b>&", PageReading.Read(listed).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hundred_full_years_are_pages_of_bounded_size()
    {
        var files = Enumerable.Range(0, 300)
            .Select(number => File with { Key = $"landing/{number}{new string('k', 900)}" });
        var pages = StationPages.Write(Skerry, Months.Years(1825, 200), [.. files]);

        Assert.Equal(21, pages.Count);
        Assert.All(pages, page =>
        {
            PageReading.Read(page);
            // The station's own page has a hundred files with the longest keys, too.
            Assert.InRange(page.Content.Length, 20_000, page == pages[^1] ? 250_000 : 110_000);
        });
        Assert.Contains("And 200 files more.", PageReading.Read(pages[^1]).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_months_and_files_give_equal_bytes()
    {
        var (one, other) = (Write(Months.Years(1990, 20)), Write(Months.Years(1990, 20)));

        Assert.All(one.Zip(other), pair => Assert.Equal(pair.First.Content, pair.Second.Content));
    }

    [Fact]
    public void A_station_without_months_says_so_and_its_reading_is_hidden_until_a_script_shows_it()
    {
        var html = PageReading.Read(Assert.Single(Write([])));

        Assert.Contains("No file has data of this station now.", html.Value, StringComparison.Ordinal);
        var live = html.All("section").Single(part => part.Attribute("data-live") is not null);
        Assert.Equal(
            ("/stations/XIW00000001/live", true),
            ((string?)live.Attribute("data-live"), live.Attribute("hidden") is not null));
    }

    [Fact]
    public void A_station_without_a_name_goes_by_its_id()
    {
        var html = PageReading.Read(
            StationPages.Write(new Station("XIW00000009", null), [Months.Of("2024-01")], [File])[^1]);

        Assert.Equal("XIW00000009", html.All("h1").Single().Value);
    }

    private static IReadOnlyList<SiteFile> Write(IReadOnlyList<MonthSummary> months) =>
        StationPages.Write(Skerry, months, [File]);

    private static string Records(SiteFile page) =>
        PageReading.Read(page).All("section").Single(part => (string?)part.Attribute("id") == "records").Value;
}
