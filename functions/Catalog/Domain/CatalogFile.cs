using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Domain;

namespace Isobar.Catalog;

/// <summary>The newest accepted version of one landed file, as the catalogue shows it.</summary>
/// <param name="Chunks">0 for an empty or refused file.</param>
/// <param name="Refusal">One of <see cref="InputReasons"/>, or null.</param>
/// <param name="Station">The name of the station that the file is named after, or null.</param>
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
    /// <summary>The same file with its station's name, if that is known.</summary>
    public CatalogFile WithStation(StationNames names) => this with { Station = names.Of(PageName.Stem(Key)) };
}

/// <summary>A message of the changes queue: the file whose pages must be written.</summary>
internal sealed record ChangedFile([property: JsonPropertyName("key")] string? Key)
{
    public string ToJson() => JsonSerializer.Serialize(this, CatalogJson.Default.ChangedFile);

    /// <summary>Reads the key of a message.</summary>
    /// <exception cref="JsonException">The message is not JSON.</exception>
    /// <exception cref="InvalidDataException">The message has no key.</exception>
    public static string ReadKey(string body) =>
        JsonSerializer.Deserialize(body, CatalogJson.Default.ChangedFile) is { Key: { Length: > 0 } key }
            ? key
            : throw new InvalidDataException("The message has no key.");
}
