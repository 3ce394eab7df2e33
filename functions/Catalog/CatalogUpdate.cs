using AWS.Lambda.Powertools.Logging;
using Isobar.Jobs;

namespace Isobar.Catalog;

/// <summary>Adds files to the catalogue beside any number of others that do the same.</summary>
/// <param name="delays">Waits between the tries.</param>
public sealed class CatalogUpdate(ICatalogObject catalog, ConflictDelays delays)
{
    /// <summary>Tries of one write. Each round lets one writer through, and with the waits all take some 5 s.</summary>
    public const int Tries = 12;

    /// <summary>What is kept of the timeout to end in good order.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    // Waits double up to this try's, at most 640 ms.
    private const int LongestWait = 6;

    /// <returns>True if the catalogue changed.</returns>
    /// <exception cref="IOException">Others wrote in between on each of the tries; the retry begins anew.</exception>
    public async Task<bool> AddAsync(IReadOnlyList<CatalogFile> files, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (document, tag) = await catalog.ReadAsync(cancellationToken);
            var changed = document.With(files);
            if (ReferenceEquals(changed, document)) return false;
            if (await catalog.TryWriteAsync(changed, tag, cancellationToken))
            {
                Logger.LogInformation("Catalogue of {files} files, try {attempt}", changed.Files.Count, attempt);
                return true;
            }

            if (attempt == Tries) throw new IOException($"The catalogue changed on each of {Tries} tries.");
            await delays.WaitAsync(Math.Min(attempt, LongestWait), cancellationToken);
        }
    }
}
