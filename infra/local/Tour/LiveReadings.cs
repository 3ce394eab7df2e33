using System.Globalization;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tour;

/// <summary>Readings that are posted: a station's latest at once, and their mean when their window ends.</summary>
internal sealed class LiveReadings(LocalHost host, Jobs jobs, StageClient stage, TourReport report)
{
    private const string Station = "XIL0000TOUR";
    private const string Route = $"stations/{Station}/live";

    // A window of a minute, the two minutes after it in which readings may still come, and as much again.
    private static readonly TimeSpan WindowAndMore = TimeSpan.FromMinutes(4);

    private static readonly decimal[] Values = [10m, 14.5m, 12m];

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("Live readings, and their window");
        if (host.LiveStack is null)
        {
            report.Fact("not shown, because the stack has no live readings");
            return;
        }

        // Real time, as the route's function has it.
        var last = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var posted = await stage.PostAsync("observations", Readings(last), cancellationToken);
        await jobs.QuietAsync(cancellationToken);
        report.Command(StageClient.Curl(Route));
        var live = await stage.GetAsync(Route, cancellationToken);
        var latest = live.Body?["latest"]?[0];
        report.Check(
            posted.Status == 202 && (int?)posted.Body?["accepted"] == Values.Length
                && (decimal?)latest?["value"] == Values[^1] && live.Body?["window"] is null,
            $"{posted.Status}: {posted.Body?["accepted"]} readings through Kinesis; the latest is "
                + $"{latest?["element"]} {latest?["value"]} {latest?["unit"]}, and its window is open");

        await host.ClockControl.AdvanceByAsync(WindowAndMore, cancellationToken);
        await jobs.QuietAsync(cancellationToken);
        live = await stage.GetAsync(Route, cancellationToken);
        var mean = live.Body?["window"]?["means"]?[0];
        var expected = Math.Round(Values.Average(), 3, MidpointRounding.ToEven);
        report.Check(
            (decimal?)mean?["mean"] == expected && (int?)mean?["count"] == Values.Length,
            $"the window has ended: a mean of {mean?["mean"]} {mean?["unit"]} of {mean?["count"]} readings");
    }

    private static JsonArray Readings(DateTimeOffset last) => new([.. Values.Select((value, index) => new JsonObject
    {
        ["station"] = Station,
        ["element"] = "TOBS",
        ["value"] = value,
        ["at"] = last.AddSeconds(index - Values.Length).UtcDateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
    })]);
}
