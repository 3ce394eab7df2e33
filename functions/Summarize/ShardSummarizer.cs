using AWS.Lambda.Powertools.Logging;
using Isobar.Domain;
using Isobar.Stations;
using Isobar.Summaries;

namespace Isobar.Summarize;

/// <summary>
/// Writes the months of one shard of a finished job, and makes the job's version of the file current when all its
/// shards are in. Every write depends on the job alone or has a condition, so a message may be repeated and interrupted
/// at any point, and messages of several versions may come in any order.
/// </summary>
public sealed class ShardSummarizer(
    ShardFiles files, StationWriter stations, CurrentVersions currents, ReportRequests reports, ISummaryQueue summaries)
{
    public Task RunAsync(SummaryMessage message, CancellationToken cancellationToken) => message.Step switch
    {
        SummaryStep.Merge => MergeAsync(message, cancellationToken),
        SummaryStep.Expire => ExpireAsync(message, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.Step, "There is no such step."),
    };

    private async Task MergeAsync(SummaryMessage message, CancellationToken cancellationToken)
    {
        var version = new SourceVersion(message.Source, message.Job);
        if (IsOver(version, await currents.FindAsync(version.Source, cancellationToken)))
        {
            Logger.LogInformation("Job {job}: a newer version of {key} is current", message.Job, message.Source.Key);
            // An earlier attempt, or another shard, may have written something.
            await SendExpiriesAsync(version, message.Shards, cancellationToken);
            return;
        }

        if (message.Shard is { } shard && !await WriteAsync(version, shard, message.Shards, cancellationToken)) return;

        var current = await currents.AdvanceAsync(version, message.Shards, cancellationToken);
        if (IsOver(version, current))
        {
            await SendExpiriesAsync(version, message.Shards, cancellationToken);
            return;
        }

        Logger.LogInformation("Job {job} is the current version of {key}", message.Job, message.Source.Key);
        if (current.Replaced is { } replaced)
            await SendExpiriesAsync(replaced.Version, replaced.Shards, cancellationToken);
    }

    // Returns whether all shards of the version are in.
    private async Task<bool> WriteAsync(
        SourceVersion version, int shard, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        var months = await files.MergeAsync(version.Job, shard, cancellationToken);
        await stations.PutYearsAsync(version, YearsOf(months, shard), cancellationToken);
        var ids = months.StationsIn(shard);
        await stations.AddStationsAsync(version, ids, cancellationToken);
        // Before the version can be current, so that no change of a page is forgotten.
        await reports.AddAsync(ids, version, cancellationToken);

        var written = await currents.AddShardAsync(version, shard, cancellationToken);
        Logger.LogInformation(
            "Job {job}: {shards} of {all} shards are in", version.Job, written.Count, shards.Count);
        return shards.All(written.Contains);
    }

    private async Task ExpireAsync(SummaryMessage message, CancellationToken cancellationToken)
    {
        var version = new SourceVersion(message.Source, message.Job);
        var current = await currents.FindAsync(version.Source, cancellationToken);
        if (current is null || !IsOver(version, current))
            throw new InvalidOperationException($"No newer version than that of job {message.Job} is current.");
        if (message.Shard is not { } shard) return;
        // Without the file nothing was written.
        if (await files.ReadAsync(version.Job, shard, cancellationToken) is not { } months) return;

        await stations.ExpireYearsAsync(version, YearsOf(months, shard), cancellationToken);
        var ids = months.StationsIn(shard);
        var kept = await KeptAsync(current, shard, cancellationToken);
        // The pages of the others were asked for before the current version was written.
        await reports.AddAsync(ids.Except(kept), current.Version, cancellationToken);
        await stations.RemoveStationsAsync(version, ids, cancellationToken);
        Logger.LogInformation("Job {job}: the years of shard {shard} expire", message.Job, shard);
    }

    private async Task<IReadOnlyCollection<string>> KeptAsync(
        CurrentVersion current, int shard, CancellationToken cancellationToken)
    {
        if (!current.Shards.Contains(shard)) return [];
        var months = await files.ReadAsync(current.Version.Job, shard, cancellationToken)
            ?? throw new FileNotFoundException($"The months of shard {shard} of job {current.Version.Job} are gone.");
        return months.StationsIn(shard);
    }

    private Task SendExpiriesAsync(
        SourceVersion version, IReadOnlyList<int> shards, CancellationToken cancellationToken) => shards.Count == 0
        ? Task.CompletedTask
        : summaries.SendAsync(
            SummaryMessage.Of(SummaryStep.Expire, version.Object, version.Job, shards), cancellationToken);

    private static bool IsOver(SourceVersion version, CurrentVersion? current) =>
        current is not null && string.CompareOrdinal(current.Version.Order, version.Order) > 0;

    private static IEnumerable<StationYear> YearsOf(MonthTable months, int shard) =>
        StationYear.Divide(months.InShard(shard));
}
