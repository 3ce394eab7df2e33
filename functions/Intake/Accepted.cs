using Isobar.Domain;

namespace Isobar.Intake;

/// <summary>
/// What Intake answers: the jobs that the event opened, or had opened before. Its JSON has these very names: Lambda's
/// serializer brings its own naming policy, whatever the context says.
/// </summary>
public sealed record Accepted(IReadOnlyList<AcceptedJob> Jobs);

/// <param name="Sequencer">Orders the versions of one key.</param>
/// <param name="Chunks">How many chunks were sent; 0 for an empty or refused object.</param>
/// <param name="Refusal">One of <see cref="InputReasons"/>, or null.</param>
public sealed record AcceptedJob(
    string Job, string Bucket, string Key, string VersionId, string Sequencer, int Chunks, string? Refusal);
