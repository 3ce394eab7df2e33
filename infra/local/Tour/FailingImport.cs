using System.Text.Json.Nodes;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Isobar.Local.History;
using Isobar.Local.Lambda.Delivery;

namespace Isobar.Local.Tour;

/// <summary>An import that fails for as long as its station has no file, and is completed by a resend.</summary>
internal sealed class FailingImport(
    LocalHost host, StackClients clients, Jobs jobs, StageClient stage, OpenData open, TourReport report)
{
    private const string Station = "XIT0000LATE";

    // Three attempts, at 0, +1 and +3 minutes, and what follows the last one.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("An import that fails, and succeeds when its event is sent again");
        var before = host.Journal.LastSequence;
        var accepted = await stage.PostAsync("imports", new JsonObject { ["station"] = Station }, cancellationToken);
        var id = accepted.Text("importId");
        report.Check(
            accepted.Status == 202, $"{accepted.Status}: accepted before anything looked for the file of {Station}");
        await host.ClockControl.AdvanceByAsync(Patience, cancellationToken);
        await jobs.QuietAsync(cancellationToken);
        ShowAttempts(host.Journal.After(before));

        var failed = await stage.GetAsync($"imports/{id}", cancellationToken);
        report.Check(failed.Text("state") == "failed",
            $"OnFailure → Remediate: {failed.Text("state")}, {failed.Text("reason")}");

        await open.PublishAsync(Station, cancellationToken);
        await clients.Lambda.InvokeAsync(
            new InvokeRequest
            {
                FunctionName = clients.RemediateFunction,
                InvocationType = InvocationType.Event,
                Payload = new JsonObject { ["resend"] = id }.ToJsonString(),
            },
            cancellationToken);
        await jobs.QuietAsync(cancellationToken);
        var landed = await stage.GetAsync($"imports/{id}", cancellationToken);
        report.Check(landed.Text("state") == "landed",
            $"with the file there, Remediate sent the event again: {landed.Text("state")} as {landed.Text("key")}");
    }

    private void ShowAttempts(IReadOnlyList<JournalEntry> entries)
    {
        var queued = entries.First(entry => entry.Fact is EventQueued);
        var attempts = entries
            .Where(entry => entry.Fact is AsynchronousAttemptFailed failed
                && failed.RequestId == ((EventQueued)queued.Fact).RequestId)
            .Select(entry => (entry.Time - queued.Time).TotalMinutes).ToArray();
        report.Check(attempts is [< 0.5, >= 1 and < 1.5, >= 3 and < 3.5],
            $"{attempts.Length} attempts under one request id, at "
                + string.Join(", ", attempts.Select(minutes => $"+{minutes:0.0}")) + " minutes of service time");
    }
}
