using AWS.Lambda.Powertools.Logging;
using Isobar.Jobs;
using Isobar.Summaries;

namespace Isobar.Remediate;

/// <summary>Sends the summaries of jobs again on request.</summary>
public sealed class SummaryRemediation(JobReader jobs, IJobChanges changes, ISummaryQueue summaries)
{
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
