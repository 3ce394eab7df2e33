using AWS.Lambda.Powertools.Logging;
using Isobar.Domain;

namespace Isobar.Catalog;

/// <summary>
/// Records accepted files in the catalogue and tells the page writer: one write and one message for each file.
/// </summary>
public sealed class FileRecorder(ICatalogTable table, IChangesQueue changes, StationNames names)
{
    /// <returns>How many of the files are the newest version of their key.</returns>
    public async Task<int> RecordAsync(IReadOnlyList<CatalogFile> files, CancellationToken cancellationToken)
    {
        var newest = 0;
        foreach (var file in files)
        {
            if (!await table.PutAsync(file.WithStation(names), cancellationToken))
            {
                Logger.LogInformation("{key} has a newer version than {versionId}", file.Key, file.VersionId);
                continue;
            }

            // Also if an earlier attempt wrote the item: it may have been lost before it sent the message.
            await changes.SendAsync(file.Key, cancellationToken);
            newest++;
        }

        return newest;
    }
}
