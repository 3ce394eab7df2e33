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

    /// <summary>The retention of the chunks queue. Source: ChunksQueue in template.yaml.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(4);

    private static readonly string[] Workers = ["Intake", "Transform", "DeadLetters"];

    /// <param name="chunk">Where the only chunk begins that is of interest; null for all.</param>
    /// <exception cref="LineageException">There is no such job.</exception>
    public async Task<JobPartition> AddAsync(
        Explanation explanation, string id, long? chunk, CancellationToken cancellationToken)
    {
        var partition = await ReadAsync(id, cancellationToken);
        var job = partition.Job ?? throw Unknown(id);
        var newer = await AddVersionAsync(explanation, job, cancellationToken);
        explanation.Add("job", $"{job.Id}: {job.State}, {job.Done} of {job.Total} chunks done, {job.Failed} failed; "
            + job.Counts);
        foreach (var entry in partition.Events)
            explanation.Add("event", $"{entry.Kind} {entry.Id} {entry.At}".TrimEnd());
        if (job.Refusal is { } refusal)
            NewerVersion.Fail(explanation, "job", $"refused: {refusal}", ways.GoodVersion(job), newer);
        AddChunks(explanation, partition, chunk, newer);
        await AddLogAsync(explanation, partition, chunk, newer, cancellationToken);
        var partials = await AddPartialsAsync(explanation, job, chunk, cancellationToken);
        if (job.IsFinished && stations is not null)
            await new SummaryLineage(stations, logs, ways).AddAsync(
                explanation, job, newer, arePartialsGone: chunk is null && partials == 0 && job.Accepted > 0,
                cancellationToken);
        if (catalogue is not null && newer is null) await catalogue.AddAsync(explanation, job, cancellationToken);
        return partition;
    }

    /// <summary>Everything that the table has of a job; nothing if there is none.</summary>
    public Task<JobPartition> ReadAsync(string id, CancellationToken cancellationToken) =>
        JobPartition.ReadAsync(tables, stack.JobsTable, id, cancellationToken);

    /// <summary>The error for a job that the table does not have.</summary>
    public LineageException Unknown(string id) => new(
        $"The table {stack.JobsTable} has no job {id}. If its file has landed, Intake opens it: see the log of "
        + "Intake, and `isobar explain s3://bucket/key@version:0`.");

    /// <summary>A landed version that no job reads.</summary>
    public void AddWithoutJob(Explanation explanation, LandedObject version) => explanation.AddFailure(
        "job", $"none: Intake has not opened {version.Job}. Its event is being tried, or it is in IntakeFailuresQueue",
        ways.FromQueue("IntakeFailuresQueue"));

    /// <returns>The newest version of the same key; null if this is it.</returns>
    private async Task<NewerVersion?> AddVersionAsync(
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
        var current = stations is null
            ? null
            : await stations.CurrentAsync(StationItems.SourceOf(job.Bucket, job.Key), cancellationToken);
        var newer = NewerVersion.Of(
            newest, other, (await ReadAsync(other, cancellationToken)).Job, current, now);
        explanation.Add("newer version", newer.Says);
        return newer;
    }

    private void AddChunks(Explanation explanation, JobPartition partition, long? only, NewerVersion? newer)
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
                NewerVersion.Fail(explanation, "chunk", $"{range}: failed, {chunk.Reason}",
                    ways.FromFailure(job, chunk.Reason ?? ""), newer);
        }

        if (chunks.Count > MaxChunks) explanation.LeaveOut($"{chunks.Count - MaxChunks} more chunks of {job.Id}");
        foreach (var attempt in partition.Attempts.Where(attempt => only is null || attempt.Start == only))
            if (partition.Chunks.All(chunk => chunk.Start != attempt.Start))
                explanation.Add("chunk", $"from byte {attempt.Start}: its latest attempt failed, {attempt.Reason}; "
                    + "the queue sends it again, five times in all");
        var open = job.Refusal is null ? job.Total - job.Done - job.Failed : 0;
        if (open > 0 && now - job.LandedAt > Retention)
            NewerVersion.Fail(explanation, "message", $"{open} chunks are neither done nor failed, and messages wait "
                + $"for {Retention.TotalDays} days in ChunksQueue: theirs have expired", ways.LandAgain(job), newer);
        else if (open > 0)
            explanation.Add("message", $"{open} chunks are neither done nor failed: their messages wait in "
                + $"ChunksQueue, for {Retention.TotalDays} days at most, or are being tried");
    }

    // Messages are in no log but for those that failed; the others are known by what was done about them.
    private async Task AddLogAsync(
        Explanation explanation, JobPartition partition, long? only, NewerVersion? newer,
        CancellationToken cancellationToken)
    {
        var job = partition.Job!;
        var lines = await logs.FindAsync(
            Workers, job.Id, job.LandedAt - LogSearch.Slack, explanation, cancellationToken);
        // Intake writes its line after it has sent the messages, which may be tried by then.
        var shown = lines.Where(line => only is not { } start || line.Function == "Intake" || line.IsAbout(start))
            .OrderBy(line => line.Function != "Intake").ToList();
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
            NewerVersion.Fail(explanation, "dead letter", "DeadLetters could not record a chunk as failed",
                ways.FromQueue("DeadLettersFailuresQueue"), newer);
    }

    /// <returns>How many objects there are.</returns>
    private async Task<int> AddPartialsAsync(
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
        return keys.Count;
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
