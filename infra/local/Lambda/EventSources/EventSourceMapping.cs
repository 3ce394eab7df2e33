using Isobar.Local.Lambda.Control;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>An event source mapping as it was configured, whatever its source is.</summary>
/// <param name="Uuid">Its identity in the API.</param>
/// <param name="Source">The ARN of the queue or stream.</param>
/// <param name="Function">Resolved when the mapping was created.</param>
/// <param name="BatchSize">1 to 10,000 records.</param>
/// <param name="BatchingWindow">0 to 300 s, of service time.</param>
/// <param name="ReportsBatchItemFailures">Whether the function's response names the records that failed.</param>
/// <param name="LastModified">Service time.</param>
internal abstract record EventSourceMapping(
    string Uuid,
    Arn Source,
    ResolvedFunction Function,
    int BatchSize,
    TimeSpan BatchingWindow,
    bool ReportsBatchItemFailures,
    bool Enabled,
    DateTimeOffset LastModified)
{
    /// <summary>One of <see cref="MappingStates"/>.</summary>
    public string State { get; init; } = Enabled ? MappingStates.Enabled : MappingStates.Disabled;

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Which records the function is given; the others are passed over.</summary>
    public RecordFilter Filter { get; init; } = RecordFilter.Everything;

    /// <summary>Whether CloudWatch gets the mapping's own metrics: <c>MetricsConfig</c> with EventCount.</summary>
    public bool CountsEvents { get; init; }

    public string FunctionName => Function.Name;

    /// <summary>For example <c>arn:aws:lambda:us-east-1:000000000000:event-source-mapping:…</c>.</summary>
    public string Arn => Function.Arn[..Function.Arn.IndexOf(":function:", StringComparison.Ordinal)]
        + ":event-source-mapping:" + Uuid;

    /// <summary>What Lambda answers when a second mapping joins the same source and function.</summary>
    public abstract string ConflictText { get; }
}
