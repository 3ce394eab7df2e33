using System.Text.Json;
using Isobar.Domain;

namespace Isobar.Catalog;

/// <summary>The part of Intake's response that the catalogue needs, in Intake's own names.</summary>
internal sealed record Acceptance(IReadOnlyList<AcceptedJob>? Jobs)
{
    /// <summary>The files in an invocation record of Intake.</summary>
    /// <exception cref="JsonException">The message is not JSON, or not an invocation record.</exception>
    /// <exception cref="InvalidDataException">The record does not report files that Intake accepted.</exception>
    public static IReadOnlyList<CatalogFile> Read(string message)
    {
        var record = JsonSerializer.Deserialize(message, CatalogJson.Default.InvocationRecordAcceptance);
        if (record?.RequestContext?.Condition != InvocationContext.Success)
            throw new InvalidDataException("The message is not an invocation record with condition Success.");
        if (record.ResponsePayload?.Jobs is not { Count: > 0 } jobs)
            throw new InvalidDataException("The invocation record has no jobs in its responsePayload.");
        return [.. jobs.Select(job => job.ToFile(record.Timestamp))];
    }
}

internal sealed record AcceptedJob(string? Job, AcceptedSource? Source, int Chunks, string? Refusal)
{
    public CatalogFile ToFile(DateTimeOffset acceptedAt) => new(
        Required(Source?.Key, nameof(Source.Key)), Required(Job, nameof(Job)),
        Required(Source?.VersionId, nameof(Source.VersionId)), Required(Source?.Sequencer, nameof(Source.Sequencer)),
        Chunks, acceptedAt, Refusal);

    private static string Required(string? value, string name) =>
        value is { Length: > 0 } ? value : throw new InvalidDataException($"A job of the record has no {name}.");
}

internal sealed record AcceptedSource(string? Key, string? VersionId, string? Sequencer);
