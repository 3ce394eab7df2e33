using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Domain;

namespace Isobar.Summaries;

/// <summary>What is to be done with a shard of a job.</summary>
public enum SummaryStep
{
    /// <summary>Merge its partials, and write the months.</summary>
    Merge,

    /// <summary>Let the months expire: a newer version of the file is current.</summary>
    Expire,
}

/// <summary>The body of a message on the summaries queue.</summary>
/// <param name="Source">The object version that the job read.</param>
/// <param name="Job">The job's id (<see cref="JobId"/>).</param>
/// <param name="Shard">0 to 15; null for a job without an accepted row, which has no shard.</param>
/// <param name="Shards">All shards of the job, ascending.</param>
/// <param name="Again">
/// For a message that is sent once more, the id of the request to do so: SQS would drop it as the duplicate of one that
/// was sent within five minutes. Null for the first one.
/// </param>
public sealed record SummaryMessage(
    SummaryStep Step, ObjectVersion Source, string Job, int? Shard, IReadOnlyList<int> Shards,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Again = null)
{
    /// <summary>
    /// Messages of one group are handled one after the other: those of one source and shard, whatever the version.
    /// </summary>
    [JsonIgnore]
    public string Group => $"{SourceId.Of(Source.Bucket, Source.Key)}-{ShardName}";

    /// <summary>Within five minutes SQS takes one message of an id.</summary>
    [JsonIgnore]
    public string DeduplicationId => Again is null ? $"{Step}-{Job}-{ShardName}" : $"{Step}-{Job}-{ShardName}-{Again}";

    private string ShardName => Shard?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none";

    /// <summary>The messages for all shards of a job; one without a shard if it has none.</summary>
    /// <param name="again">See <see cref="Again"/>.</param>
    public static IReadOnlyList<SummaryMessage> Of(
        SummaryStep step, ObjectVersion source, string job, IReadOnlyList<int> shards, string? again = null) =>
        shards.Count == 0
            ? [new SummaryMessage(step, source, job, null, shards, again)]
            : [.. shards.Select(shard => new SummaryMessage(step, source, job, shard, shards, again))];

    /// <summary>The message as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SummaryMessageJson.Default.SummaryMessage);

    /// <summary>Reads a message.</summary>
    /// <exception cref="JsonException">Not a summary message: broken JSON, a property missing, or its value
    /// null, or a shard that there is not.</exception>
    public static SummaryMessage FromJson(string json)
    {
        var message = JsonSerializer.Deserialize(json, SummaryMessageJson.Default.SummaryMessage)
            ?? throw new JsonException("A summary message is not null.");
        return message.Shards.All(shard => shard is >= 0 and < Domain.Shard.Count)
            && (message.Shard is { } own ? message.Shards.Contains(own) : message.Shards.Count == 0)
            ? message
            : throw new JsonException("The shard of a summary message is one of its shards, of 0 to 15.");
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SummaryMessage))]
internal sealed partial class SummaryMessageJson : JsonSerializerContext;
