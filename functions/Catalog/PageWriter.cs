using System.Collections.Concurrent;
using AWS.Lambda.Powertools.Logging;
using Isobar.Functions;

namespace Isobar.Catalog;

/// <summary>
/// Writes the pages of changed files, each once, and the list of the newest files. What a file costs does not depend on
/// how many files there are: its page, and its share of the newest files' list, which is written once a batch.
/// </summary>
/// <param name="backoff">Waits between the tries of one write.</param>
public sealed class PageWriter(ICatalogTable table, ISiteLists lists, Backoff backoff)
{
    /// <summary>The list of the newest files, which the home pages show.</summary>
    public const string NewestKey = "site/catalog.json";

    /// <summary>
    /// Tries of one write. The event source mapping runs two writers at most, so there is one other, and it writes each
    /// list once in a batch.
    /// </summary>
    public const int Tries = 3;

    private const int PagesAtATime = 8;

    /// <summary>The object of a page.</summary>
    public static string KeyOf(string page) => $"site/catalog/{page}.json";

    /// <param name="keys">The changed files, each once.</param>
    /// <returns>The files whose page could not be written, and why.</returns>
    /// <exception cref="IOException">
    /// The newest files' list changed on each of the tries, so the whole batch must be repeated.
    /// </exception>
    public async Task<IReadOnlyDictionary<string, Exception>> WriteAsync(
        IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var files = await table.ReadAsync(keys, cancellationToken);
        var failures = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        foreach (var some in files.GroupBy(file => PageName.Of(file.Key)).Chunk(PagesAtATime))
            await Task.WhenAll(some.Select(page => WritePageAsync(page, failures, cancellationToken)));
        await MergeAsync(NewestKey, files, cancellationToken);
        return failures;
    }

    // One page that fails must not keep the others from being written.
    private async Task WritePageAsync(
        IGrouping<string, CatalogFile> page, ConcurrentDictionary<string, Exception> failures,
        CancellationToken cancellationToken)
    {
        try
        {
            await MergeAsync(KeyOf(page.Key), page, cancellationToken);
        }
        catch (Exception e)
        {
            foreach (var file in page) failures[file.Key] = e;
        }
    }

    private async Task MergeAsync(
        string objectKey, IEnumerable<CatalogFile> files, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (list, tag) = await lists.ReadAsync(objectKey, cancellationToken);
            var merged = list.With(files);
            if (ReferenceEquals(merged, list)) return;
            if (await lists.TryWriteAsync(objectKey, merged, tag, cancellationToken))
            {
                if (attempt > 1) Logger.LogInformation("{key} written on try {attempt}", objectKey, attempt);
                return;
            }

            if (attempt == Tries)
                throw new IOException($"Another writer changed {objectKey} on each of {Tries} tries.");
            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }
}
