using System.Globalization;
using Amazon.DynamoDBv2;

namespace Isobar.Local.Lineage;

/// <summary>A job: from its object version by its chunks, their messages and attempts to its contribution.</summary>
internal sealed class JobLineage(
    StackNames stack, IAmazonDynamoDB tables, LandedVersions landed, ResultObjects results, StationItems? stations,
    CatalogueLineage? catalogue, LogSearch logs, WaysBack ways, DateTimeOffset now)
{
    /// <summary>Chunks that are shown: those that are not done come first.</summary>
    public const int MaxChunks = 20;

    /// <summary>Attempts that are shown, the newest.</summary>
    public const int MaxAttempts = 40;

    // The retention of the chunks queue. Source: ChunksQueue in template.yaml.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(4);

    // A line may have a time just before that of the version, whose clock is S3's.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private static readonly string[] Workers = ["Intake", "Transform", "DeadLetters"];

    /// <param name="chunk">Where the only chunk begins that is of interest; null for all.</param>
    /// <exception cref="LineageException">There is no such job.</exception>
    public async Task<JobPartition> AddAsync(
        Explanation explanation, string id, long? chunk, CancellationToken cancellationToken)
    {
        var partition = await ReadAsync(id, cancellationToken);
        var job = partition.Job ?? throw new LineageException(
            $"The table {stack.JobsTable} has no job {id}. If its file has landed, Intake opens it: see the log of "
            + "Intake, and `isobar explain s3://bucket/key@version:0`.");
        var newer = await AddVersionAsync(explanation, job, cancellationToken);
        explanation.Add("job", $"{job.Id}: {job.State}, {job.Done} of {job.Total} chunks done, {job.Failed} failed; "
            + job.Counts);
        foreach (var entry in partition.Events)
            explanation.Add("event", $"{entry.Kind} {entry.Id} {entry.At}".TrimEnd());
        if (job.Refusal is { } refusal) Fail(explanation, "job", $"refused: {refusal}", ways.GoodVersion(job), newer);
        AddChunks(explanation, partition, chunk, newer);
        await AddLogAsync(explanation, partition, chunk, newer, cancellationToken);
        await AddPartialsAsync(explanation, job, chunk, cancellationToken);
        if (job.IsFinished) await AddContributionAsync(explanation, partition, newer, cancellationToken);
        if (catalogue is not null && newer is null) await catalogue.AddAsync(explanation, job, cancellationToken);
        return partition;
    }

    /// <summary>Everything that the table has of a job; nothing if there is none.</summary>
    public Task<JobPartition> ReadAsync(string id, CancellationToken cancellationToken) =>
        JobPartition.ReadAsync(tables, stack.JobsTable, id, cancellationToken);

    /// <summary>A landed version that no job reads.</summary>
    public void AddWithoutJob(Explanation explanation, LandedObject version) => explanation.AddFailure(
        "job", $"none: Intake has not opened {version.Job}. Its event is being tried, or it is in IntakeFailuresQueue",
        ways.FromQueue("IntakeFailuresQueue"));

    /// <returns>The job of a newer version of the same key; null if this is the newest.</returns>
    private async Task<string?> AddVersionAsync(
        Explanation explanation, JobItem job, CancellationToken cancellationToken)
    {
        var version = await landed.FindAsync(job.Bucket, job.Key, job.VersionId, cancellationToken);
        explanation.Add("object version", version is null
            ? $"s3://{job.Bucket}/{job.Key}@{job.VersionId}, which is gone"
            : $"{version.Place}, {LandedVersions.Bytes(version.Length)}");
        explanation.Add("landed", $"{Time(job.LandedAt)}, sequencer {job.Sequencer}");
        var newest = await landed.NewestAsync(job.Bucket, job.Key, cancellationToken);
        if (newest is null || newest == job.VersionId) return null;
        var other = LandedObject.JobOf(job.Bucket, job.Key, newest);
        explanation.Add("newer version", $"{newest}, which job {other} reads");
        return other;
    }

    private void AddChunks(Explanation explanation, JobPartition partition, long? only, string? newer)
    {
        var job = partition.Job!;
        var chunks = partition.Chunks.Where(chunk => only is null || chunk.Start == only)
            .OrderBy(chunk => chunk.IsDone).ThenBy(chunk => chunk.Start).ToList();
        foreach (var chunk in chunks.Take(MaxChunks))
        {
            var range = $"bytes {chunk.Start} to {chunk.End}";
            if (chunk.IsDone)
                explanation.Add("chunk", string.Create(
                    CultureInfo.InvariantCulture, $"{range}: done, {chunk.Rows:N0} rows"));
            else
                Fail(explanation, "chunk", $"{range}: failed, {chunk.Reason}",
                    ways.FromFailure(job, chunk.Reason ?? ""), newer);
        }

        if (chunks.Count > MaxChunks) explanation.LeaveOut($"{chunks.Count - MaxChunks} more chunks of {job.Id}");
        foreach (var attempt in partition.Attempts.Where(attempt => only is null || attempt.Start == only))
            if (partition.Chunks.All(chunk => chunk.Start != attempt.Start))
                explanation.Add("chunk", $"from byte {attempt.Start}: its latest attempt failed, {attempt.Reason}; "
                    + "the queue sends it again, five times in all");
        var open = job.Refusal is null ? job.Total - job.Done - job.Failed : 0;
        if (open > 0 && now - job.LandedAt > Retention)
            Fail(explanation, "message", $"{open} chunks are neither done nor failed, and messages wait for "
                + $"{Retention.TotalDays} days in ChunksQueue: theirs have expired", ways.LandAgain(job), newer);
        else if (open > 0)
            explanation.Add("message", $"{open} chunks are neither done nor failed: their messages wait in "
                + $"ChunksQueue, for {Retention.TotalDays} days at most, or are being tried");
    }

    // Messages are in no log but for those that failed; the others are known by what was done about them.
    private async Task AddLogAsync(
        Explanation explanation, JobPartition partition, long? only, string? newer,
        CancellationToken cancellationToken)
    {
        var job = partition.Job!;
        var lines = await logs.FindAsync(Workers, job.Id, job.LandedAt - Slack, explanation, cancellationToken);
        var shown = lines.Where(line => only is not { } start || line.Function == "Intake" || line.IsAbout(start))
            .ToList();
        if (shown.Count > MaxAttempts)
            explanation.LeaveOut($"{shown.Count - MaxAttempts} older lines of {job.Id} in the logs");
        foreach (var line in shown.Skip(shown.Count - MaxAttempts))
        {
            var what = line switch
            {
                { Function: "Intake" } => "message",
                { Function: "Transform" } => "attempt",
                _ => "dead letter",
            };
            explanation.Add(what, $"{line.At} {line.Function} {line.RequestId}: {line.Says}");
        }

        if (job.Done + job.Failed < job.Total
            && lines.Any(line => line is { Function: "DeadLetters", IsFailure: true }))
            Fail(explanation, "dead letter", "DeadLetters could not record a chunk as failed",
                ways.FromQueue("DeadLettersFailuresQueue"), newer);
    }

    private async Task AddPartialsAsync(
        Explanation explanation, JobItem job, long? only, CancellationToken cancellationToken)
    {
        var prefix = only is { } start ? $"partials/{job.Id}/{start}/" : $"partials/{job.Id}/";
        var (keys, isAll) = await results.KeysAsync(prefix, cancellationToken);
        var shards = keys.Select(key => Path.GetFileNameWithoutExtension(key.Split('/')[^1])).Distinct()
            .Select(shard => int.Parse(shard, CultureInfo.InvariantCulture)).Order();
        explanation.Add("partial", keys.Count == 0
            ? $"none below {results.Place(prefix)}"
            : $"{keys.Count} objects below {results.Place(prefix)}, of the shards {string.Join(", ", shards)}");
        if (!isAll) explanation.LeaveOut($"more partials below {results.Place(prefix)}");
    }

    private async Task AddContributionAsync(
        Explanation explanation, JobPartition partition, string? newer, CancellationToken cancellationToken)
    {
        if (stations is null) return;
        var job = partition.Job!;
        var (source, order) = (StationItems.SourceOf(job.Bucket, job.Key), StationItems.OrderOf(job.Sequencer));
        var current = await stations.CurrentAsync(source, cancellationToken);
        if (current?.Job == job.Id)
        {
            explanation.Add("contribution", $"current: readers see the months of this version of source {source}");
            return;
        }

        if (current is not null && string.CompareOrdinal(current.Order, order) > 0)
        {
            explanation.Add("contribution", $"none now: version {current.VersionId} took its place, job {current.Job}");
            return;
        }

        var shards = await stations.ShardsInAsync(source, order, cancellationToken);
        Fail(explanation, "contribution",
            $"not current; the shards that are in: {(shards.Count == 0 ? "none" : string.Join(", ", shards))}"
            + "; unless it is under way, its summary was given up",
            ways.Redrive(job.Id), newer);
    }

    // A newer version of the file is what readers get, so nothing of an older one needs to be mended.
    private static void Fail(Explanation explanation, string what, string says, string wayBack, string? newer)
    {
        if (newer is null) explanation.AddFailure(what, says, wayBack);
        else explanation.Add(what, $"{says}; nothing to do, because the newer version takes its place");
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
