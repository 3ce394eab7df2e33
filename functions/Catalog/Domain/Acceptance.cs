using System.Text.Json;
using Isobar.Domain;

namespace Isobar.Catalog;

/// <summary>What Intake answers, as far as the catalogue needs it, and as Intake names it.</summary>
internal sealed record Acceptance(IReadOnlyList<AcceptedJob>? Jobs)
{
    /// <summary>The files that an invocation record of Intake tells of.</summary>
    /// <exception cref="JsonException">It is no JSON, or no record.</exception>
    /// <exception cref="InvalidDataException">It is a record, but not of files that Intake accepted.</exception>
    public static IReadOnlyList<CatalogFile> Read(string message)
    {
        var record = JsonSerializer.Deserialize(message, CatalogJson.Default.InvocationRecordAcceptance);
        if (record?.RequestContext?.Condition != InvocationContext.Success)
            throw new InvalidDataException("The message is no invocation record of a success.");
        if (record.ResponsePayload?.Jobs is not { Count: > 0 } jobs)
            throw new InvalidDataException("The invocation record tells of no jobs.");
        return [.. jobs.Select(job => job.ToFile(record.Timestamp))];
    }
}

internal sealed record AcceptedJob(
    string? Job, string? Key, string? VersionId, string? Sequencer, int Chunks, string? Refusal)
{
    public CatalogFile ToFile(DateTimeOffset acceptedAt) => new(
        Required(Key, nameof(Key)), Required(Job, nameof(Job)), Required(VersionId, nameof(VersionId)),
        Required(Sequencer, nameof(Sequencer)), Chunks, acceptedAt, Refusal);

    private static string Required(string? value, string name) =>
        value is { Length: > 0 } ? value : throw new InvalidDataException($"An accepted job has no {name}.");
}
