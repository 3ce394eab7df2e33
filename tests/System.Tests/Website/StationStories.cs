using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Isobar.Local.Services.EventBridge;
using Isobar.Stories.Application;

namespace Isobar.Stories.Website;

/// <summary>The pages of stations, which a schedule writes when their months have changed.</summary>
[Collection(OneStack.Name)]
public sealed class StationStories(StackFixture fixture) : IDisposable
{
    // Of these stories alone: other stories have files of the samples' stations.
    private const string Station = "XIZ00000007", Another = "XIZ00000008";
    private const string Page = $"/stations/{Station}/index.html";

    private readonly Viewers viewers = new(fixture);

    public void Dispose() => viewers.Dispose();

    [Fact]
    [Concept("Asynchronous trigger: a schedule with constant JSON", "ReportFunction.Often")]
    public async Task A_landed_file_is_a_page_after_the_schedule_has_fired_and_its_newer_version_another()
    {
        _ = viewers.Address;
        var begun = fixture.Host.Journal.LastSequence;
        var job = await LandAsync(
            Station, "19940115,TMAX,-35", "19940115,TMIN,-121", "20240701,TMAX,312", "20240701,PRCP,74",
            "20240702,PRCP,-9999");
        using (var before = await viewers.VisitAsync(Page))
            Assert.NotEqual(HttpStatusCode.OK, before.StatusCode);

        await ScheduleAsync();

        Assert.Contains(
            fixture.Facts<ScheduleFired>(begun), fired => fired.Rule.EndsWith("-report", StringComparison.Ordinal));
        // Other stories' stations are listed as well.
        var countries = Listed(await viewers.PageAsync("/stations/index.html"));
        Assert.Contains("/stations/list/XI.html", countries);
        Assert.All(countries, link => Assert.Matches(@"\A/stations/list/[A-Z0-9_-]{2}\.html\z", link));
        var stations = Listed(await viewers.PageAsync("/stations/list/XI.html"));
        Assert.Contains(Page, stations);
        Assert.All(stations, link => Assert.Matches(@"\A/stations/XI[A-Z0-9_-]{9}/index\.html\z", link));
        var page = await viewers.PageAsync(Page);
        Assert.Contains("31.2 \u00B0C</strong> July 2024", page, StringComparison.Ordinal);
        Assert.Contains($"/stations/{Station}/1990s.html", page, StringComparison.Ordinal);
        Assert.Contains(
            "\u22123.5", await viewers.PageAsync($"/stations/{Station}/1990s.html"), StringComparison.Ordinal);
        await AssertProvenanceAsync(page, job);

        var newer = await LandAsync(Station, "20240701,TMAX,298");
        await ScheduleAsync();

        var other = await viewers.PageAsync(Page);
        Assert.Contains("29.8 \u00B0C</strong> July 2024", other, StringComparison.Ordinal);
        await AssertProvenanceAsync(other, newer);
        using var gone = await viewers.VisitAsync($"/stations/{Station}/1990s.html");
        Assert.NotEqual(HttpStatusCode.OK, gone.StatusCode);
    }

    [Fact]
    public async Task A_page_has_the_sites_security_headers_and_passes_no_function_on_its_way()
    {
        _ = viewers.Address;
        await LandAsync(Another, "20240701,TMAX,312");
        await ScheduleAsync();
        var begun = fixture.Host.Journal.LastSequence;

        for (var visit = 0; visit < 2; visit++)
        {
            using var answer = await viewers.VisitAsync($"/stations/{Another}/index.html");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.StartsWith(
                "default-src 'none'; script-src 'self'; style-src 'self'",
                answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        Assert.Empty(fixture.Facts<Local.Edge.Handlers.EdgeFunctionReported>(begun));
    }

    [Fact]
    public async Task An_event_that_asks_for_no_pages_is_tried_twice_and_kept_with_what_could_not_be_delivered()
    {
        await fixture.Stack.Calls.InvokeAsync(fixture.Stack.LiveOf("ReportFunction"), """{"pages":0}""", "Event");
        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(3), CancellationToken.None);
        await fixture.QuietAsync();

        var record = await Queues.TakeAsync(
            fixture.Stack, fixture.Stack.NameOf("UndeliveredQueue"),
            record => (int?)record["requestPayload"]?["pages"] == 0);
        Assert.Equal(2, (int)record!["requestContext"]!["approximateInvokeCount"]!);
    }

    // The pages are XML, too, but for the first line.
    private static IEnumerable<string?> Listed(string page) =>
        XElement.Parse(page[page.IndexOf("<html", StringComparison.Ordinal)..]).Descendants("ul").Single()
            .Descendants("a").Select(link => (string?)link.Attribute("href"));

    // What the page says of the rows is what the API says of the job, which the page links to.
    private async Task AssertProvenanceAsync(string page, Job job)
    {
        Assert.Contains($"<a href=\"/jobs/{job.Id}\"", page, StringComparison.Ordinal);
        var shown = JsonNode.Parse(await viewers.PageAsync($"/jobs/{job.Id}"))!;
        Assert.True((bool)shown["balanced"]!);
        foreach (var outcome in (string[])["accepted", "flagged", "missing", "malformed"])
            Assert.Contains($"<td>{shown["counts"]![outcome]}</td>", page, StringComparison.Ordinal);
    }

    private async Task<Job> LandAsync(string station, params string[] rows)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => $"{station},{row},,,S,\n")));
        var landed = await fixture.Landings.PutAsync($"csv/by_station/{station}.csv", content);
        return (await fixture.SettleAsync(landed)).Single();
    }

    // Until what followed the file is done, and then to the schedule's next time.
    private async Task ScheduleAsync()
    {
        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        await fixture.QuietAsync();
        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(30), CancellationToken.None);
        await fixture.QuietAsync();
    }
}
