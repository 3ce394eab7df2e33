using System.Text.Json.Serialization;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Notify;

/// <summary>What Import answers, as far as a timeline needs it.</summary>
public sealed record ImportResult(
    [property: JsonPropertyName("importId")] string? ImportId,
    [property: JsonPropertyName("station")] string? Station,
    [property: JsonPropertyName("job")] string? Job)
{
    /// <summary>The moment that an invocation record of Import tells of, and its job.</summary>
    /// <exception cref="InvalidDataException">It is not the record of an import that landed.</exception>
    public static (string Job, JobMoment Moment) Read(InvocationRecord<ImportResult>? record) => record switch
    {
        {
            RequestContext.Condition: InvocationContext.Success,
            ResponsePayload:
            {
                ImportId: { Length: > 0 } id,
                Station: { Length: > 0 } station,
                Job: { Length: > 0 } job,
            },
        } => (job, new JobMoment(
            "imported", id, record.Timestamp, new Dictionary<string, string> { ["station"] = station })),
        _ => throw new InvalidDataException("The event is not the record of an import that landed."),
    };
}
