using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Remediate;

/// <summary>
/// Keeps what failed for good, and sends it again. It is the on-failure destination of Import, which invokes it with
/// the records of events that Lambda gave up; and people invoke it with
/// <c>{"resend":"&lt;importId or job&gt;"}</c>, with a record of the queue of Finalize's failures, or with
/// <c>{"resendBatch":"&lt;key&gt;"}</c> for a batch of readings that Live failed on.
/// </summary>
/// <param name="batches">Null where the stack has no live readings.</param>
public sealed class Function(Remediation imports, SummaryRemediation summaries, LiveBatches? batches = null)
{
    private const int JobDigits = 64;

    [LambdaFunction]
    public async Task<Remedy> Handle(RemediateEvent input, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var (metric, doing) = Choose(input, context.AwsRequestId, deadline.Token);
        var remedy = await doing;
        Metrics.AddMetric(metric, remedy.Records ?? 1, MetricUnit.Count);
        Metrics.Instance.Flush();
        return remedy;
    }

    private (string Metric, Task<Remedy> Doing) Choose(
        RemediateEvent input, string requestId, CancellationToken cancellationToken) => input switch
    {
        { ResendBatch: { } key } => ("ReadingsResent", Batches.ResendAsync(key, cancellationToken)),
        { Batch: { } batch } => ("SummariesResent", summaries.ResendAsync(batch, requestId, cancellationToken)),
        { Resend: { } job } when IsJob(job) =>
            ("SummariesResent", summaries.ResendAsync(job, requestId, cancellationToken)),
        { Resend: { } importId } => ("ImportsResent", imports.ResendAsync(importId, cancellationToken)),
        _ => ("ImportsFailed", imports.RecordAsync(input.ToFailure(), cancellationToken)),
    };

    private static bool IsJob(string id) => id.Length == JobDigits && id.All(char.IsAsciiHexDigitLower);

    private LiveBatches Batches => batches ?? throw new InvalidOperationException(
        "This stack has no live readings: its parameter LiveReadings is off.");
}
