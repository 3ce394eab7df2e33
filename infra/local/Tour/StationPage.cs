using System.Text.Json.Nodes;
using Isobar.Local.History;
using Isobar.Local.Services.EventBridge;
using Isobar.Local.Services.S3;

namespace Isobar.Local.Tour;

/// <summary>The page of a station, which a schedule has written because its months had changed.</summary>
internal sealed class StationPage(
    LocalHost host, StackClients clients, Jobs jobs, SignedCalls calls, TourReport report)
{
    private const string Station = StationMonths.Station;
    private const string Key = $"{SiteFiles.Prefix}stations/{Station}/index.html";

    private readonly string rule = $"{host.Options.StackName}-report";

    /// <summary>To be called when service time has passed for more than the schedule's 15 minutes.</summary>
    /// <param name="since">The journal's sequence when the months had changed.</param>
    /// <param name="job">That the months are of.</param>
    public async Task ShowAsync(long since, string job, CancellationToken cancellationToken)
    {
        report.Heading("A schedule, fired by the clock");
        await jobs.QuietAsync(cancellationToken);
        var targets = await calls.JsonAsync(
            "events", "AWSEvents.ListTargetsByRule", new JsonObject { ["Rule"] = rule }, cancellationToken);
        var input = (string?)targets["Targets"]?[0]?["Input"];
        var facts = host.Journal.After(since);
        var fired = facts.FirstOrDefault(entry => entry.Fact is ScheduleFired fact && fact.Rule == rule);
        var written = facts.FirstOrDefault(
            entry => entry.Fact is ObjectCreated fact && fact.Bucket == clients.SiteBucket && fact.Key == Key);
        report.Check(
            fired.Fact is not null && written.Sequence > fired.Sequence && input is not null,
            $"{rule} invoked Report with {input}; the page of {Station} was written "
                + $"{(written.Time - fired.Time).TotalSeconds:0.0} s later");

        using var stored = await clients.S3.GetObjectAsync(clients.SiteBucket, Key, cancellationToken);
        using var reader = new StreamReader(stored.ResponseStream);
        var page = await reader.ReadToEndAsync(cancellationToken);
        report.Check(
            page.Contains($"<a href=\"/jobs/{job}\"", StringComparison.Ordinal)
                && stored.Headers.ContentType == "text/html; charset=utf-8",
            $"/stations/{Station}/index.html, {page.Length:N0} characters, leads to the newer version's job "
                + $"{job[..12]}…");
    }
}
