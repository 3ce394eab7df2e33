using System.Text.Json.Serialization;

namespace Isobar.Import;

/// <summary>Import's response, which Lambda sends to the on-success destination.</summary>
/// <param name="Job">The job that Intake opens for this version.</param>
public sealed record Imported(
    [property: JsonPropertyName("importId")] string ImportId,
    [property: JsonPropertyName("station")] string Station,
    [property: JsonPropertyName("job")] string Job,
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("versionId")] string VersionId);
