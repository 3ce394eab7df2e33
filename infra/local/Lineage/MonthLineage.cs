namespace Isobar.Local.Lineage;

/// <summary>A month of a station: who contributes to it, which source serves it, and from where that comes.</summary>
internal sealed class MonthLineage(StationItems stations, ResultObjects results, JobLineage jobs)
{
    /// <summary>Chunks of the serving job whose partials are looked at.</summary>
    public const int MaxChunks = 20;

    /// <exception cref="LineageException">No landed file has rows of it.</exception>
    public async Task AddAsync(Explanation explanation, AskedMonth asked, CancellationToken cancellationToken)
    {
        var (found, isAll) = await stations.ContributionsAsync(asked.Station, asked.Month, cancellationToken);
        if (!isAll)
            explanation.LeaveOut($"contributions to that year after the first {StationItems.MaxContributions}");
        if (found.Count == 0)
            throw new LineageException(
                $"No summarised file has accepted rows of {asked.Station} in {asked.Month}. Is there a job that is not "
                + "finished? `isobar explain <its id>`.");
        var current = new List<(Contribution Contribution, CurrentItem Version)>();
        foreach (var contribution in found)
        {
            var version = await stations.CurrentAsync(contribution.Source, cancellationToken);
            if (version is not null && contribution.IsOf(version)) current.Add((contribution, version));
            else explanation.Add("contribution", Other(contribution, version));
        }

        // Among sources the one with more accepted rows serves a month, ties by key: as the API does it.
        var ordered = current.OrderByDescending(each => each.Contribution.Accepted)
            .ThenBy(each => each.Version.Place, StringComparer.Ordinal).ToList();
        foreach (var (contribution, version) in ordered)
        {
            var serves = version == ordered[0].Version ? "; it serves the month" : "";
            explanation.Add("contribution", $"s3://{version.Place}@{version.VersionId}: {contribution.Accepted} "
                + $"accepted rows, job {contribution.Job}{serves}");
        }

        if (ordered.Count == 0)
        {
            explanation.Add("month", "served by nobody: no contribution is of its source's current version");
            var newest = found.MaxBy(each => each.Order, StringComparer.Ordinal)!;
            await jobs.AddAsync(explanation, newest.Job, chunk: null, cancellationToken);
            return;
        }

        var serving = ordered[0].Contribution;
        explanation.Add("month", serving.Json);
        await AddPartialsAsync(explanation, serving.Job, asked, cancellationToken);
        await jobs.AddAsync(explanation, serving.Job, chunk: null, cancellationToken);
    }

    private async Task AddPartialsAsync(
        Explanation explanation, string job, AskedMonth asked, CancellationToken cancellationToken)
    {
        var chunks = (await jobs.ReadAsync(job, cancellationToken)).Chunks;
        foreach (var chunk in chunks.Take(MaxChunks))
        {
            if (await results.PartialAsync(job, chunk.Start, asked.Station, asked.Month, cancellationToken)
                is not { } line) continue;
            var key = ResultObjects.Partial(job, chunk.Start, ResultObjects.ShardOf(asked.Station));
            explanation.Add("partial", $"{results.Place(key)}: {line}");
        }

        if (chunks.Count > MaxChunks)
            explanation.LeaveOut($"the partials of {chunks.Count - MaxChunks} more chunks of job {job}");
    }

    private static string Other(Contribution contribution, CurrentItem? version) => version is null
        ? $"job {contribution.Job}: {contribution.Accepted} accepted rows, not current yet"
        : $"job {contribution.Job}: {contribution.Accepted} accepted rows of another version of s3://{version.Place}; "
            + $"readers see {version.VersionId}";
}
