namespace Isobar.Local.Lineage;

/// <summary>What became of a finished job's summary: its attempts, and whether readers see its months.</summary>
internal sealed class SummaryLineage(StationItems stations, LogSearch logs, WaysBack ways)
{
    /// <summary>Lines that are shown, the newest.</summary>
    public const int MaxLines = 40;

    private static readonly string[] Functions = ["Finalize", "Summarize"];

    /// <param name="newer">Null if the job's version is the newest.</param>
    /// <param name="arePartialsGone">Whether nothing is left of what it is made of.</param>
    public async Task AddAsync(
        Explanation explanation, JobItem job, NewerVersion? newer, bool arePartialsGone,
        CancellationToken cancellationToken)
    {
        var lines = await logs.FindAsync(
            Functions, job.Id, job.LandedAt - LogSearch.Slack, explanation, cancellationToken);
        if (lines.Count > MaxLines)
            explanation.LeaveOut($"{lines.Count - MaxLines} older lines of {job.Id}'s summary in the logs");
        // Finalize writes its line after it has sent the messages, which may be handled by then.
        foreach (var line in lines.Skip(lines.Count - MaxLines).OrderBy(line => line.Function != "Finalize"))
            explanation.Add("summary", $"{line.At} {line.Function} {line.RequestId}: {line.Says}");

        var (source, order) = (StationItems.SourceOf(job.Bucket, job.Key), StationItems.OrderOf(job.Sequencer));
        var current = await stations.CurrentAsync(source, cancellationToken);
        if (current?.Job == job.Id)
            explanation.Add("contribution", $"current: readers see the months of this version of source {source}");
        else if (current is not null && string.CompareOrdinal(current.Order, order) > 0)
            explanation.Add("contribution", $"none now: version {current.VersionId} took its place, job {current.Job}");
        else
        {
            var shards = await stations.ShardsInAsync(source, order, cancellationToken);
            var (says, command) = ways.FromSummary(job, lines.LastOrDefault(line => line.IsFailure), arePartialsGone);
            NewerVersion.Fail(
                explanation, "contribution",
                $"not current; the shards that are in: {(shards.Count == 0 ? "none" : string.Join(", ", shards))}; "
                + $"unless it is under way, its summary was given up; {Because(lines)}; {says}",
                command, newer);
        }
    }

    private static string Because(IReadOnlyList<LogLine> lines)
    {
        if (lines.LastOrDefault(line => line.IsFailure) is { } failure)
            return $"the last failure, of {failure.Function}: {failure.Reason ?? failure.Says}";
        // Its lines of changes that failed do not name their jobs.
        return lines.Count == 0
            ? "the logs have nothing of it: Finalize failed on it, or they have expired"
            : "the logs have no failure: its messages expired, or failed without a word";
    }
}
