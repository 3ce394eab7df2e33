using System.Text.Json.Nodes;

namespace Isobar.Local.Tour;

/// <summary>An asynchronous call: answered at once, and followed from the import to its job.</summary>
internal sealed class ImportedStation(Jobs jobs, StageClient stage, OpenData open, TourReport report)
{
    private const string Station = "XIT00000001";

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("An import, answered at once and followed to its job");
        await open.PublishAsync(Station, cancellationToken);
        var wish = new JsonObject { ["station"] = Station };
        report.Command(StageClient.Curl("imports", wish));
        var accepted = await stage.PostAsync("imports", wish, cancellationToken);
        var id = accepted.Text("importId");
        report.Check(accepted.Status == 202 && id is not null,
            $"{accepted.Status} in {accepted.Took.TotalMilliseconds:0} ms, before Import has started: {id}");
        await jobs.QuietAsync(cancellationToken);

        report.Command(StageClient.Curl($"imports/{id}"));
        var import = await stage.GetAsync($"imports/{id}", cancellationToken);
        report.Check(import.Text("state") == "landed",
            $"{import.Text("state")} as {import.Text("key")}, job {import.Text("job")?[..12]}…");

        await jobs.SettleAsync([new LandedVersion(import.Text("key")!, import.Text("versionId")!)], cancellationToken);
        var job = await stage.GetAsync($"jobs/{import.Text("job")}", cancellationToken);
        string[] moments = [.. job.Body?["timeline"]?.AsArray().Select(moment => (string?)moment?["what"] ?? "") ?? []];
        report.Check(job.Text("state") == "finished" && moments.Contains("imported"),
            $"{job.Text("state")}; its timeline: {string.Join(", ", moments)}"
                + " (Import's success → EventBridge → Notify)");
    }
}
