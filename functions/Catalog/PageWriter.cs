using System.Collections.Concurrent;
using AWS.Lambda.Powertools.Logging;
using Isobar.Functions;

namespace Isobar.Catalog;

/// <summary>
/// Writes changed files into the catalogue's pages and into the list of the newest files, all of them JSON objects in
/// the site bucket. A batch writes each page that it changes once, and the list once, however many files the catalogue
/// has.
/// </summary>
/// <param name="backoff">Waits before a conflicting write is tried again.</param>
public sealed class PageWriter(ICatalogTable table, ISiteLists lists, Backoff backoff)
{
    /// <summary>The list of the newest files, which the home pages show.</summary>
    public const string NewestKey = "site/catalog.json";

    /// <summary>
    /// How often one write is tried when another writer changes the object in between. Three are enough: the event
    /// source mapping has MaximumConcurrency 2, so there is at most one other writer, and it writes each object once
    /// in a batch.
    /// </summary>
    public const int Tries = 3;

    private const int PagesAtATime = 8;

    /// <summary>The key of the S3 object that holds a page.</summary>
    public static string KeyOf(string page) => $"site/catalog/{page}.json";

    /// <param name="keys">Keys of the changed files, without duplicates.</param>
    /// <returns>By key, the files whose page could not be written, with the exception.</returns>
    /// <exception cref="IOException">
    /// Another writer changed the list of the newest files on each try; the whole batch must be repeated.
    /// </exception>
    public async Task<IReadOnlyDictionary<string, Exception>> WriteAsync(
        IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var files = await table.ReadAsync(keys, cancellationToken);
        var failures = new ConcurrentDictionary<string, Exception>(StringComparer.Ordinal);
        foreach (var group in files.GroupBy(file => PageName.Of(file.Key)).Chunk(PagesAtATime))
            await Task.WhenAll(group.Select(page => WritePageAsync(page, failures, cancellationToken)));
        await MergeAsync(NewestKey, files, cancellationToken);
        return failures;
    }

    // If one page fails, the others are still written.
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
            var (list, etag) = await lists.ReadAsync(objectKey, cancellationToken);
            var merged = list.With(files);
            if (ReferenceEquals(merged, list)) return;
            if (await lists.TryWriteAsync(objectKey, merged, etag, cancellationToken))
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
