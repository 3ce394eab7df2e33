using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Domain;

/// <summary>The body of a message on the chunks queue: everything that reading and committing a chunk needs.</summary>
/// <param name="Source">The object version to read; every read names it.</param>
/// <param name="Job">The job's id (<see cref="JobId"/>).</param>
/// <param name="Start">First byte of the chunk; with the job, the chunk's identity.</param>
/// <param name="End">After the last byte.</param>
/// <param name="Length">Bytes in the object as stored.</param>
/// <param name="Gzip">Whether the object is a gzip, hence one chunk.</param>
public sealed record ChunkMessage(ObjectVersion Source, string Job, long Start, long End, long Length, bool Gzip)
{
    /// <summary>The range of the content that this chunk owns.</summary>
    [JsonIgnore]
    public ChunkRange Range => Gzip ? ChunkRange.Everything : new ChunkRange(Start, End, Length);

    /// <summary>The message as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ChunkMessageJson.Default.ChunkMessage);

    /// <summary>Reads a message.</summary>
    /// <exception cref="JsonException">Not a chunk message: broken JSON, a property missing, or its value
    /// null.</exception>
    public static ChunkMessage FromJson(string json) =>
        JsonSerializer.Deserialize(json, ChunkMessageJson.Default.ChunkMessage)
        ?? throw new JsonException("A chunk message is not null.");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ChunkMessage))]
internal sealed partial class ChunkMessageJson : JsonSerializerContext;
