using System.Text.Json.Serialization;
using Isobar.Domain;

namespace Isobar.Catalog;

/// <summary>The catalogue: the newest version of every landed file.</summary>
/// <param name="Files">By key, ordinally; one of each.</param>
public sealed record CatalogDocument([property: JsonPropertyName("files")] IReadOnlyList<CatalogFile> Files)
{
    /// <summary>Files kept: the ones accepted last.</summary>
    public const int MaxFiles = 1_000;

    public static readonly CatalogDocument Empty = new([]);

    /// <summary>
    /// The catalogue with these files too. Of one key the greater sequencer stays, and what is there stays before its
    /// equal; so neither the order of the files nor their repetition matters.
    /// </summary>
    /// <returns>This very document where nothing changes.</returns>
    public CatalogDocument With(IEnumerable<CatalogFile> files)
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
                .Take(MaxFiles)
                .OrderBy(file => file.Key, StringComparer.Ordinal),
        ];
        return kept.SequenceEqual(Files) ? this : new CatalogDocument(kept);
    }
}

/// <summary>One landed file.</summary>
/// <param name="Chunks">0 for an empty or refused file.</param>
/// <param name="Refusal">One of <see cref="InputReasons"/>, or null.</param>
/// <param name="Station">What people call the station that the file is named after, or null.</param>
public sealed record CatalogFile(
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("job")] string Job,
    [property: JsonPropertyName("versionId")] string VersionId,
    [property: JsonPropertyName("sequencer")] string Sequencer,
    [property: JsonPropertyName("chunks")] int Chunks,
    [property: JsonPropertyName("acceptedAt")] DateTimeOffset AcceptedAt,
    [property: JsonPropertyName("refusal")] string? Refusal,
    [property: JsonPropertyName("station")] string? Station = null)
{
    /// <summary>The file with its station's name, where that is known: the data of the shared layer.</summary>
    public CatalogFile Named(StationNames names)
    {
        var file = Key[(Key.LastIndexOf('/') + 1)..];
        return this with { Station = names.Of(file.Split('.', 2)[0]) };
    }
}
