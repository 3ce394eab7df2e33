using System.IO.Compression;
using System.Text;
using Isobar.Local.Edge;
using Isobar.Local.Edge.AccessLogs;

namespace Isobar.Local.Tests.Edge;

/// <summary>The access log: its form, when its files are written, and what happens when they can't be.</summary>
public sealed class AccessLogTests
{
    private const string PassOn = """
        export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;
        """;

    private const string Logging = "Logging: {Bucket: pages.s3.amazonaws.com, Prefix: logs/, IncludeCookies: false}";

    [Fact]
    public async Task A_file_is_written_some_minutes_after_its_first_line_in_the_standard_form()
    {
        await using var edge = await StartAsync(Logging);
        edge.Objects["/pages/site/a"] = new("0123456789", ("Content-Type", "text/plain"), ("ETag", "\"1\""));
        var answer = await edge.SendAsync(
            "/a?q=1", null, ("User-Agent", "Viewer 1.0"), ("Cookie", "a=1"), ("Referer", "http://other/?a=\"b\""));
        await edge.SendAsync("/a", null, ("Range", "bytes=2-4"));
        Assert.Empty(edge.Written);

        await edge.PassAsync(EdgeLimits.LogInterval);
        var written = await edge.FactAsync<EdgeLogWritten>();

        Assert.Matches(@"^logs/E[0-9A-Z]{13}\.\d{4}-\d\d-\d\d-\d\d\.[0-9a-f]{8}\.gz$", written.Key);
        var lines = Unpacked(edge.Written[$"/pages/{written.Key}"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("#Version: 1.0", lines[0]);
        var names = lines[1]["#Fields: ".Length..].Split(' ');
        Assert.Equal(33, names.Length);
        var (first, second) = (Fields(names, lines[2]), Fields(names, lines[3]));
        Assert.Equal((33, 33), (first.Count, second.Count));
        Assert.Equal(("GET", "/a", "200", "Viewer%201.0", "q=1", "-", "Miss"), (
            first["cs-method"], first["cs-uri-stem"], first["sc-status"], first["cs(User-Agent)"],
            first["cs-uri-query"], first["cs(Cookie)"], first["x-edge-result-type"]));
        Assert.Equal(("http://other/?a=%22b%22", "text/plain", "10", "-", "HTTP/1.1", "127.0.0.1"), (
            first["cs(Referer)"], first["sc-content-type"], first["sc-content-len"], first["sc-range-start"],
            first["cs-protocol-version"], first["c-ip"]));
        Assert.Equal(answer.Headers.GetValues("X-Amz-Cf-Id").Single(), first["x-edge-request-id"]);
        Assert.Matches(@"^\d+\.\d{3}$", first["time-taken"]);
        Assert.Equal(("206", "2", "4", "3", "Hit"), (
            second["sc-status"], second["sc-range-start"], second["sc-range-end"], second["sc-content-len"],
            second["x-edge-result-type"]));
    }

    [Fact]
    public async Task Cookies_are_in_the_log_where_the_distribution_includes_them()
    {
        await using var edge = await StartAsync(Logging.Replace("IncludeCookies: false", "IncludeCookies: true"));
        await edge.SendAsync("/a", null, ("Cookie", "a=1; b=2"));
        await edge.PassAsync(EdgeLimits.LogInterval);
        var written = await edge.FactAsync<EdgeLogWritten>();

        Assert.Contains("\ta=1;%20b=2\t", Unpacked(edge.Written[$"/pages/{written.Key}"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told()
    {
        await using var edge = await StartAsync(Logging);
        await edge.SendAsync("/a");
        await edge.StopOriginAsync();
        await edge.PassAsync(EdgeLimits.LogInterval);

        Assert.Equal(1, (await edge.FactAsync<EdgeLogLost>()).Lines);
    }

    [Fact]
    public void A_file_is_full_at_its_bound_and_is_written_at_once()
    {
        var state = new AccessLogState();
        var now = new DateTimeOffset(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < EdgeLimits.MaxLogLines - 1; i++) state.Add(new LoggedRequest([]), now);
        Assert.Empty(state.Effects.Take());
        Assert.Equal(now + EdgeLimits.LogInterval, state.NextDue);

        state.Add(new LoggedRequest([]), now);

        Assert.Equal(EdgeLimits.MaxLogLines, Assert.Single(state.Effects.Take()).Lines.Count);
        Assert.Null(state.NextDue);
    }

    [Fact]
    public async Task A_log_that_goes_to_no_bucket_is_refused() => Assert.Contains(
        "Bucket must be a bucket's domain name, not logs",
        await EdgeTemplate.RefusalAsync("# more settings", "Logging: {Bucket: logs}"), StringComparison.Ordinal);

    private static Dictionary<string, string> Fields(string[] names, string line) =>
        names.Zip(line.Split('\t')).ToDictionary(pair => pair.First, pair => pair.Second);

    private static string Unpacked(byte[] file)
    {
        using var reader = new StreamReader(
            new GZipStream(new MemoryStream(file), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static Task<DistributionOnPortZero> StartAsync(string settings) =>
        DistributionOnPortZero.StartAsync(PassOn, text => text.Replace("# more settings", settings));
}
