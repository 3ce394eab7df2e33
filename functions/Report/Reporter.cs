using System.Runtime.CompilerServices;
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
    private const int RequestsAtATime = 250;
    private const int StationsInGroup = 40;
    private const int StationsAtATime = 8;

    /// <param name="most">Stations, 1 or more.</param>
    /// <param name="cancellationToken">Ends the work between two groups or in one.</param>
    /// <returns>Stations whose pages are written.</returns>
    /// <exception cref="AggregateException">Pages of some stations could not be written; all others are.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the first group was complete, or before it
    /// found a request that is ready.</exception>
    public async Task<int> WriteAsync(int most, CancellationToken cancellationToken)
    {
        var (written, failures, counts) = (0, new List<Exception>(), new JobCountsRead());
        try
        {
            await lists.EnsureAsync(cancellationToken);
            await foreach (var group in ReadyAsync(most, cancellationToken))
                written += await WriteGroupAsync(group, counts, failures, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && written > 0)
        {
            Logger.LogInformation("The rest is for the next invocation");
        }

        if (failures.Count > 0) throw new AggregateException($"Pages of {failures.Count} stations failed.", failures);
        return written;
    }

    // Requests that are not ready lie between the others, in any number: a version that never becomes current has those
    // of all its stations. So only the deadline ends the search, and what it has found is written before it goes on.
    private async IAsyncEnumerable<IGrouping<string, ReportRequest>[]> ReadyAsync(
        int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (found, rest, after) = (new List<ReportRequest>(), most, (string?)null);
        do
        {
            var page = await data.ReadyAsync(RequestsAtATime, after, cancellationToken);
            after = page.Next;
            found.AddRange(page.Ready);
            // More requests of the page's last station may be on the next one, with which it is written.
            var last = after is null ? null : page.Ready.LastOrDefault()?.Station;
            var complete = found.Where(request => request.Station != last).GroupBy(request => request.Station);
            foreach (var group in complete.Take(rest).Chunk(StationsInGroup))
            {
                rest -= group.Length;
                yield return group;
            }

            found.RemoveAll(request => request.Station != last);
        }
        while (after is not null && rest > 0);
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
