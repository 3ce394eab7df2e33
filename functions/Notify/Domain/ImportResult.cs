using System.Text.Json.Serialization;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Notify;

/// <summary>The part of Import's response that a timeline needs.</summary>
public sealed record ImportResult(
    [property: JsonPropertyName("importId")] string? ImportId,
    [property: JsonPropertyName("station")] string? Station,
    [property: JsonPropertyName("job")] string? Job)
{
    /// <summary>The timeline entry for the success that an invocation record of Import reports.</summary>
    /// <exception cref="InvalidDataException">The record is not that of an import that landed.</exception>
    public static (string Job, JobEvent Entry, string Station) Read(InvocationRecord<ImportResult>? record) =>
        record switch
        {
            {
                RequestContext.Condition: InvocationContext.Success,
                ResponsePayload:
                {
                    ImportId: { Length: > 0 } id,
                    Station: { Length: > 0 } station,
                    Job: { Length: > 0 } job,
                },
            } => (job, new JobEvent("imported", id, record.Timestamp), station),
            _ => throw new InvalidDataException(
                "The event must be an invocation record of Import with condition Success, importId, station and job."),
        };
}
