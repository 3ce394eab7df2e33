using AWS.Lambda.Powertools.Logging;
using Isobar.Stations;

namespace Isobar.Report;

/// <summary>
/// Writes the pages of stations whose months have changed. It works in groups; what a group has written stays, whatever
/// becomes of the next one, and its requests are removed after that: an interrupted group is written again, to the same
/// bytes.
/// </summary>
public sealed class Reporter(IStationData data, StationReporter stations, StationListWriter lists)
{
    /// <summary>
    /// Requests that one invocation looks at. Those of a version that is not current yet wait in the same partition;
    /// one job has this many stations at most.
    /// </summary>
    public const int MaxLooked = 50_000;

    private const int RequestsAtATime = 250;
    private const int StationsInGroup = 40;
    private const int StationsAtATime = 8;

    /// <param name="most">Stations, 1 or more.</param>
    /// <param name="cancellationToken">Ends the work between two groups or in one.</param>
    /// <returns>Stations whose pages are written.</returns>
    /// <exception cref="AggregateException">Pages of some stations could not be written; all others are.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first group was complete.</exception>
    public async Task<int> WriteAsync(int most, CancellationToken cancellationToken)
    {
        var (written, failures, counts) = (0, new List<Exception>(), new JobCountsRead());
        try
        {
            await lists.EnsureAsync(cancellationToken);
            var due = await DueAsync(most, cancellationToken);
            foreach (var group in due.Chunk(StationsInGroup))
                written += await WriteGroupAsync(group, counts, failures, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && written > 0)
        {
            Logger.LogInformation("The rest is for the next invocation");
        }

        if (failures.Count > 0) throw new AggregateException($"Pages of {failures.Count} stations failed.", failures);
        return written;
    }

    private async Task<IReadOnlyList<IGrouping<string, ReportRequest>>> DueAsync(
        int most, CancellationToken cancellationToken)
    {
        var due = new List<ReportRequest>();
        string? after = null;
        for (var looked = 0; looked < MaxLooked; looked += RequestsAtATime)
        {
            var page = await data.ReadyAsync(RequestsAtATime, after, cancellationToken);
            due.AddRange(page.Ready);
            after = page.Next;
            if (after is null || due.Select(request => request.Station).Distinct().Count() > most) break;
        }

        return [.. due.GroupBy(request => request.Station).Take(most)];
    }

    /// <returns>Stations whose pages are written.</returns>
    private async Task<int> WriteGroupAsync(
        IReadOnlyCollection<IGrouping<string, ReportRequest>> group, JobCountsRead counts, List<Exception> failures,
        CancellationToken cancellationToken)
    {
        var (written, unlisted) = (new List<IGrouping<string, ReportRequest>>(), new List<string>());
        foreach (var some in group.Chunk(StationsAtATime))
        {
            var results = await Task.WhenAll(some.Select(
                requests => TryWriteAsync(requests.Key, counts, cancellationToken)));
            for (var at = 0; at < some.Length; at++)
            {
                if (results[at].Failure is { } failure) failures.Add(failure);
                else written.Add(some[at]);
                if (results[at].IsUnlisted) unlisted.Add(some[at].Key);
            }
        }

        if (unlisted.Count > 0)
        {
            await lists.AddAsync(unlisted, cancellationToken);
            await Task.WhenAll(unlisted.Select(station => stations.MarkListedAsync(station, cancellationToken)));
        }

        foreach (var some in written.SelectMany(requests => requests).Chunk(StationsAtATime))
            await Task.WhenAll(some.Select(request => data.RemoveAsync(request, cancellationToken)));
        return written.Count;
    }

    // If one station fails, the others are still written.
    private async Task<(Exception? Failure, bool IsUnlisted)> TryWriteAsync(
        string station, JobCountsRead counts, CancellationToken cancellationToken)
    {
        try
        {
            return (null, !await stations.WriteAsync(station, counts, cancellationToken));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return (new InvalidOperationException($"The pages of {station} could not be written.", e), false);
        }
    }
}
