using Amazon.S3;

namespace Isobar.Local.Lineage;

/// <summary>A row: its outcome, its chunk, and the month to which it contributes.</summary>
internal sealed class RowLineage(
    IAmazonS3 s3, LandedVersions landed, ResultObjects results, JobLineage jobs, StationItems? stations)
{
    private const string Missing = "-9999";
    private const int MostShown = 200;

    /// <exception cref="LineageException">There is no such version, or no such byte.</exception>
    public async Task AddAsync(Explanation explanation, AskedRow asked, CancellationToken cancellationToken)
    {
        var (bucket, key) = asked.Object;
        var version = await landed.FindAsync(bucket, key, asked.VersionId, cancellationToken)
            ?? throw new LineageException(
                $"s3://{bucket}/{key} has no version {asked.VersionId ?? "at all"}, or no longer. Its versions: aws "
                + $"s3api list-object-versions --bucket {bucket} --prefix '{key}'");
        var row = await LandedRow.ReadAsync(s3, version, asked.Offset, cancellationToken);
        AddRow(explanation, row);
        if ((await jobs.ReadAsync(version.Job, cancellationToken)).Job is null)
        {
            explanation.Add("object version", $"{version.Place}, {LandedVersions.Bytes(version.Length)}");
            jobs.AddWithoutJob(explanation, version);
            return;
        }

        await AddAsync(explanation, version.Job, row, cancellationToken);
    }

    /// <exception cref="LineageException">There is no such job, or its version is gone.</exception>
    public async Task AddAsync(Explanation explanation, AskedRowOfJob asked, CancellationToken cancellationToken)
    {
        var job = (await jobs.ReadAsync(asked.Job, cancellationToken)).Job
            ?? throw jobs.Unknown(asked.Job);
        var version = await landed.FindAsync(job.Bucket, job.Key, job.VersionId, cancellationToken)
            ?? throw new LineageException(
                $"s3://{job.Bucket}/{job.Key}@{job.VersionId} is gone, and its rows too. What is left of it: isobar "
                + $"explain {job.Id}");
        var row = await LandedRow.ReadAsync(s3, version, asked.Offset, cancellationToken);
        AddRow(explanation, row);
        await AddAsync(explanation, job.Id, row, cancellationToken);
    }

    private static void AddRow(Explanation explanation, LandedRow row) => explanation.Add(
        "row", $"at byte {row.Start}: {(row.Text.Length <= MostShown ? row.Text : row.Text[..MostShown] + "…")}");

    private async Task AddAsync(
        Explanation explanation, string job, LandedRow row, CancellationToken cancellationToken)
    {
        var partition = await jobs.ReadAsync(job, cancellationToken);
        var chunk = partition.Chunks.FirstOrDefault(each => row.Start >= each.Start && row.Start < each.End);
        // A gzip is one chunk, whose range is that of its compressed bytes.
        if (chunk is null && partition.Job is { Total: 1 }) chunk = partition.Chunks.FirstOrDefault();
        var isAccepted = chunk is { IsDone: true }
            && await AddOutcomeAsync(explanation, job, chunk, row, cancellationToken);
        if (chunk is not { IsDone: true }) explanation.Add("outcome", "none yet: the row's chunk is not done");
        await jobs.AddAsync(explanation, job, chunk?.Start, cancellationToken);
        if (isAccepted) await AddMonthAsync(explanation, partition.Job!, chunk!, row, cancellationToken);
    }

    /// <returns>Whether the row is accepted.</returns>
    private async Task<bool> AddOutcomeAsync(
        Explanation explanation, string job, ChunkItem chunk, LandedRow row, CancellationToken cancellationToken)
    {
        if (row.IsBlank || row.IsHeader)
        {
            explanation.Add("outcome", row.IsBlank ? "none: a blank line is no row" : "none: a header is no row");
            return false;
        }

        if (await results.QuarantinedAsync(job, chunk.Start, row.Start, cancellationToken) is { } quarantined)
        {
            var place = results.Place(ResultObjects.Quarantine(job, chunk.Start));
            explanation.Add(
                "outcome", $"quarantine, {quarantined.Reason}: line {quarantined.Line} of the chunk, {place}");
            return false;
        }

        if (Name(row) is not { } name)
        {
            explanation.Add("outcome", "unknown: neither in quarantine nor an observation");
            return false;
        }

        var curated = await results.CuratedAsync(job, chunk.Start, name, cancellationToken);
        var key = results.Place(ResultObjects.Curated(job, chunk.Start));
        if (row.Fields[3] == Missing) explanation.Add("outcome", "missing: its value is -9999, so it is counted alone");
        else if (curated.Count == 0) explanation.Add("outcome", $"unknown: it is not in {key}");
        else explanation.Add("outcome", $"accepted, {key}: {string.Join(" and ", curated)}");
        return curated.Count > 0 && row.Fields[3] != Missing;
    }

    private async Task AddMonthAsync(
        Explanation explanation, JobItem job, ChunkItem chunk, LandedRow row, CancellationToken cancellationToken)
    {
        var name = Name(row)!;
        var month = name.Date[..7];
        var partial = await results.PartialAsync(job.Id, chunk.Start, name.Station, month, cancellationToken);
        var key = ResultObjects.Partial(job.Id, chunk.Start, ResultObjects.ShardOf(name.Station));
        explanation.Add("partial", $"{results.Place(key)}: {partial ?? "nothing of that month"}");
        if (stations is null) return;
        var (found, _) = await stations.ContributionsAsync(name.Station, month, cancellationToken);
        var own = found.FirstOrDefault(contribution => contribution.Job == job.Id);
        explanation.Add("month", own is null
            ? $"{name.Station}/{month}: none of this job yet"
            : $"{name.Station}/{month}: {own.Accepted} accepted rows of this job; who serves the month: "
                + $"isobar explain {name.Station}/{month}");
    }

    /// <returns>Null if the row is no observation.</returns>
    private static CuratedName? Name(LandedRow row) =>
        row.Fields is [var station, { Length: 8 } date, var element, _, ..]
            ? new CuratedName(station, $"{date[..4]}-{date[4..6]}-{date[6..]}", element)
            : null;
}
