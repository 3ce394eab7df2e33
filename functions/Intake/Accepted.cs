using Isobar.Domain;

namespace Isobar.Intake;

/// <summary>
/// Intake's response: the jobs of the event's objects. Lambda's serializer ignores our naming policy, so the JSON has
/// these very names; the filter of AuditSubscription in template.yaml and Catalog rely on them.
/// </summary>
public sealed record Accepted(IReadOnlyList<AcceptedJob> Jobs);

/// <param name="Chunks">How many chunk messages were sent; 0 for an empty or refused object.</param>
/// <param name="Refusal">One of <see cref="InputReasons"/>, or null.</param>
public sealed record AcceptedJob(string Job, ObjectVersion Source, int Chunks, string? Refusal);
