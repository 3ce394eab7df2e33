using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Remediate;

/// <summary>
/// The on-failure destination of Import: Lambda invokes it with invocation records of events that it gave up, and
/// people invoke it with <c>{"resend":"&lt;importId&gt;"}</c>, or with <c>{"resendBatch":"&lt;key&gt;"}</c> for a batch
/// of readings that Live failed on.
/// </summary>
/// <param name="batches">Null where the stack has no live readings.</param>
public sealed class Function(Remediation remediation, LiveBatches? batches = null)
{
    [LambdaFunction]
    public async Task<Remedy> Handle(RemediateEvent input, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var (metric, remedy) = input switch
        {
            { ResendBatch: { } key } => ("ReadingsResent", await Batches.ResendAsync(key, deadline.Token)),
            { Resend: { } importId } => ("ImportsResent", await remediation.ResendAsync(importId, deadline.Token)),
            _ => ("ImportsFailed", await remediation.RecordAsync(input.ToFailure(), deadline.Token)),
        };
        Metrics.AddMetric(metric, remedy.Records ?? 1, MetricUnit.Count);
        Metrics.Instance.Flush();
        return remedy;
    }

    private LiveBatches Batches => batches ?? throw new InvalidOperationException(
        "This stack has no live readings: its parameter LiveReadings is off.");
}
