using Isobar.Local.Experiments;

namespace Isobar.Local.Tests.Experiments;

public sealed class ExperimentCountTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Viewers_are_counted_once_and_by_what_they_saw()
    {
        var read = Read(
            Line(0, "1", "/a/page.js"), Line(1, "1", "/a/page.js"),
            Line(2, "1", "/jobs.html"), Line(3, "1", "/jobs.html"),
            Line(0, "2", "/a/page.js"),
            Line(0, "3", "/b/page.js"), Line(9, "3", "/catalog/USW00094728.json"));

        Assert.Equal(["a 2 1", "b 1 1"], read.Variants.Select(one => $"{one.Name} {one.Viewers} {one.Converted}"));
        Assert.Equal((Noon, Noon.AddSeconds(9)), (read.From, read.To));
        Assert.Equal("b − a", read.Difference!.Of);
        Assert.Equal(0.5, read.Difference.Value);
        Assert.False(read.Difference.IsClear);
    }

    [Fact]
    public void Who_saw_both_variants_is_in_none_of_the_counts()
    {
        var read = Read(Line(0, "1", "/a/page.js"), Line(0, "1", "/b/page.js"), Line(0, "2", "/b/page.js"));
        Assert.Equal([0L, 1L], read.Variants.Select(one => one.Viewers));
        Assert.Equal(1, read.Mixed);
        Assert.Null(read.Difference);
    }

    [Fact]
    public void Another_browser_at_an_address_is_another_viewer() => Assert.Equal(
        2, Read(Line(0, "1", "/a/page.js"), Line(0, "1", "/a/page.js") with { UserAgent = "B" }).Variants[0].Viewers);

    [Fact]
    public void Who_went_on_before_seeing_a_home_page_did_not_do_so_because_of_it()
    {
        var read = Read(
            Line(5, "1", "/a/page.js"), Line(4, "1", "/jobs.html"),
            Line(5, "2", "/a/page.js"), Line(5, "2", "/jobs.html"), Line(0, "3", "/jobs.html"));
        Assert.Equal((2L, 1L), (read.Variants[0].Viewers, read.Variants[0].Converted));
    }

    [Theory]
    [InlineData("HEAD", "/a/page.js", 200)]
    [InlineData("GET", "/a/page.js", 403)]
    [InlineData("GET", "/a/index.html", 200)]
    [InlineData("GET", "/a/page.jss", 200)]
    [InlineData("GET", "/catalog.json", 200)]
    public void Other_requests_count_for_nothing(string method, string path, int status)
    {
        var read = Read(Line(0, "1", path) with { Method = method, Status = status });
        Assert.Null(read.From);
        Assert.All(read.Variants, one => Assert.Equal(0, one.Viewers));
    }

    [Fact]
    public void A_page_that_the_browser_had_already_counts() =>
        Assert.Equal(1, Read(Line(0, "1", "/a/page.js") with { Status = 304 }).Variants[0].Viewers);

    [Fact]
    public void The_order_of_the_lines_does_not_matter()
    {
        const int seed = 20261130;
        var random = new Random(seed);
        string[] paths = ["/a/page.js", "/b/page.js", "/jobs.html", "/catalog/x.json", "/site.css"];
        var lines = Enumerable.Range(0, 2_000).Select(_ => Line(
            random.Next(60), $"{random.Next(300)}", paths[random.Next(paths.Length)])).ToArray();
        var read = string.Join('\n', Read(lines).Lines());
        for (var i = 0; i < 5; i++)
        {
            random.Shuffle(lines);
            Assert.Equal(read, string.Join('\n', Read(lines).Lines()));
        }
    }

    [Fact]
    public void The_read_out_is_said_in_words()
    {
        var lines = new List<AccessLogLine>();
        for (var i = 0; i < 80; i++) lines.Add(Line(0, $"a{i}", "/a/page.js"));
        for (var i = 0; i < 48; i++) lines.Add(Line(1, $"a{i}", "/jobs.html"));
        for (var i = 0; i < 70; i++) lines.Add(Line(0, $"b{i}", "/b/page.js"));
        for (var i = 0; i < 56; i++) lines.Add(Line(1, $"b{i}", "/jobs.html"));

        Assert.Equal(
            [
                "2026-11-30 12:00:00 to 2026-11-30 12:00:01 UTC",
                "a: 80 viewers, 48 went on: 60.0 % (49.0 % to 70.0 %)",
                "b: 70 viewers, 56 went on: 80.0 % (69.2 % to 87.7 %)",
                "b − a: +20.0 points, with 95 % confidence +5.2 points to +33.4 points: a difference",
            ],
            Read([.. lines]).Lines());
        Assert.Equal(["No request of the log counts: nobody has seen a home page."], Read().Lines());
    }

    [Fact]
    public void More_than_a_million_viewers_are_refused()
    {
        var count = new ExperimentCount();
        for (var i = 0; i < ExperimentCount.MaxViewers; i++) count.Add(Line(0, $"{i}", "/a/page.js"));
        count.Add(Line(1, "0", "/jobs.html"));
        var refused = Assert.Throws<InvalidDataException>(() => count.Add(Line(0, "new", "/a/page.js")));
        Assert.Contains("name fewer days", refused.Message, StringComparison.Ordinal);
    }

    private static AccessLogLine Line(int second, string viewer, string path) =>
        new(Noon.AddSeconds(second), viewer, "A", "GET", path, 200);

    private static ReadOut Read(params AccessLogLine[] lines)
    {
        var count = new ExperimentCount();
        foreach (var line in lines) count.Add(line);
        return count.Read();
    }
}
