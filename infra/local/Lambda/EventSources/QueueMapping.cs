using Isobar.Local.Lambda.Control;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>An event source mapping that reads a queue, as it was configured.</summary>
/// <param name="Queue">The queue's ARN.</param>
/// <param name="BatchSize">1 to 10,000 messages; more than 10 needs a window.</param>
/// <param name="MaximumConcurrency">2 to 1,000 invocations at a time, or null for the service's own maximum.</param>
internal sealed record QueueMapping(
    string Uuid,
    Arn Queue,
    ResolvedFunction Function,
    int BatchSize,
    TimeSpan BatchingWindow,
    int? MaximumConcurrency,
    bool ReportsBatchItemFailures,
    bool Enabled,
    DateTimeOffset LastModified)
    : EventSourceMapping(
        Uuid, Queue, Function, BatchSize, BatchingWindow, ReportsBatchItemFailures, Enabled, LastModified)
{
    /// <summary>Invocations that may run at a time when the mapping has been busy for long enough.</summary>
    public int Concurrency => MaximumConcurrency ?? MappingLimits.MaxConcurrency;

    public override string ConflictText =>
        $"An event source mapping with {Queue.Service.ToUpperInvariant()} arn "
        + $"(\" {Queue} \") and function (\" {FunctionName} \") already exists. "
        + $"Please update or delete the existing mapping with UUID {Uuid}";
}
