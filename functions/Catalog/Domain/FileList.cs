using System.Text.Json.Serialization;
using Isobar.Domain;

namespace Isobar.Catalog;

/// <summary>A list of files of the catalogue: a page, or the newest files of all pages.</summary>
/// <param name="Files">The newest first, then by key; each key once.</param>
public sealed record FileList([property: JsonPropertyName("files")] IReadOnlyList<CatalogFile> Files)
{
    /// <summary>
    /// Files in a list: those accepted last. A list usually has 30 kB; with keys of S3's limit, 1,024 bytes, 350 kB.
    /// </summary>
    public const int MaxFiles = 100;

    public static readonly FileList Empty = new([]);

    /// <summary>
    /// The list with these files added. Of two files with one key the greater sequencer stays, and the listed one if
    /// they are equal; so the order of the files and repetitions do not matter.
    /// </summary>
    /// <returns>This same object if nothing changes.</returns>
    public FileList With(IEnumerable<CatalogFile> files)
    {
        var byKey = Files.ToDictionary(file => file.Key, StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (byKey.TryGetValue(file.Key, out var known) && Sequencer.Compare(known.Sequencer, file.Sequencer) >= 0)
                continue;
            byKey[file.Key] = file;
        }

        CatalogFile[] kept =
        [
            .. byKey.Values
                .OrderByDescending(file => file.AcceptedAt).ThenBy(file => file.Key, StringComparer.Ordinal)
                .Take(MaxFiles),
        ];
        return kept.SequenceEqual(Files) ? this : new FileList(kept);
    }
}
