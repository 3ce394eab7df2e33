using System.Globalization;
using AWS.Lambda.Powertools.Logging;
using Isobar.Jobs;
using Isobar.Summaries;

namespace Isobar.Remediate;

/// <summary>Records that summaries of jobs failed, and sends them again on request.</summary>
public sealed class SummaryRemediation(
    JobReader jobs, IJobTimeline timeline, IJobChanges changes, ISummaryQueue summaries)
{
    /// <summary>The kind of the entries in a job's timeline.</summary>
    public const string Kind = "summary-failed";

    /// <summary>Adds an entry to the timeline of each message's job, once for each shard and step.</summary>
    /// <exception cref="System.Text.Json.JsonException">A message is no summary message; it stays in its queue.
    /// </exception>
    public async Task<Remedy> RecordAsync(IReadOnlyList<DeadMessage> messages, CancellationToken cancellationToken)
    {
        var recorded = new List<string>();
        foreach (var dead in messages)
        {
            var message = SummaryMessage.FromJson(dead.Body);
            var shard = message.Shard?.ToString(CultureInfo.InvariantCulture) ?? "none";
            var entry = new JobEvent(Kind, $"{message.Step}-{shard}".ToLowerInvariant(), At: null);
            // The whole message, so that nothing is lost with the queue's.
            var details = new Dictionary<string, string> { ["message"] = dead.Body };
            await timeline.AddAsync(message.Job, entry, details, cancellationToken);
            Logger.LogWarning(
                "The summary of shard {shard} of job {job} failed on its last attempt", shard, message.Job);
            recorded.Add(message.Job);
        }

        return new Remedy(null, "recorded", recorded);
    }

    /// <summary>Sends the summary messages of one job again; one that is there is written again, the same.</summary>
    /// <param name="request">Tells these messages from those that were sent before.</param>
    public async Task<Remedy> ResendAsync(string job, string request, CancellationToken cancellationToken)
    {
        if (await jobs.FindFinishedAsync(job, cancellationToken) is not { } finished)
            return new Remedy(null, "not-finished", []);
        await SendAsync(finished, request, cancellationToken);
        return new Remedy(null, "resent", [job]);
    }

    /// <summary>Sends the summary messages of every job that a batch of changes finished.</summary>
    /// <exception cref="IOException">The stream no longer has the batch: it keeps changes for a day.</exception>
    public async Task<Remedy> ResendAsync(StreamBatch batch, string request, CancellationToken cancellationToken)
    {
        var sent = new List<string>();
        await foreach (var item in changes.ReadAsync(batch, cancellationToken))
        {
            if (FinishedJob.TryRead(item) is not { } finished || sent.Contains(finished.Id)) continue;
            await SendAsync(finished, request, cancellationToken);
            sent.Add(finished.Id);
        }

        return new Remedy(null, "resent", sent);
    }

    private async Task SendAsync(FinishedJob job, string request, CancellationToken cancellationToken)
    {
        var messages = SummaryMessage.Of(SummaryStep.Merge, job.Source, job.Id, job.Shards, request);
        await summaries.SendAsync(messages, cancellationToken);
        Logger.LogInformation("Job {job}: {messages} summary messages sent again", job.Id, messages.Count);
    }
}
