using Isobar.Local.Lambda.Control;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>An event source mapping that reads a queue, as it was configured.</summary>
/// <param name="Uuid">Its identity in the API.</param>
/// <param name="Queue">The queue's ARN.</param>
/// <param name="Function">Resolved when the mapping was created.</param>
/// <param name="BatchSize">1 to 10,000 messages; more than 10 needs a window.</param>
/// <param name="BatchingWindow">0 to 300 s, of service time.</param>
/// <param name="MaximumConcurrency">2 to 1,000 invocations at a time, or null for the service's own maximum.</param>
/// <param name="ReportsBatchItemFailures">Whether the function's response names the messages that failed.</param>
/// <param name="LastModified">Service time.</param>
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
{
    /// <summary>One of <see cref="MappingStates"/>.</summary>
    public string State { get; init; } = Enabled ? MappingStates.Enabled : MappingStates.Disabled;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public string FunctionName => Function.Name;

    /// <summary>Whether CloudWatch gets the mapping's own metrics: <c>MetricsConfig</c> with EventCount.</summary>
    public bool CountsEvents { get; init; }

    /// <summary>Invocations that may run at a time when the mapping has been busy for long enough.</summary>
    public int Concurrency => MaximumConcurrency ?? MappingLimits.MaxConcurrency;

    /// <summary>For example <c>arn:aws:lambda:us-east-1:000000000000:event-source-mapping:…</c>.</summary>
    public string Arn => Function.Arn[..Function.Arn.IndexOf(":function:", StringComparison.Ordinal)]
        + ":event-source-mapping:" + Uuid;
}
