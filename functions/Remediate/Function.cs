using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Remediate;

/// <summary>
/// The on-failure destination of Import: Lambda invokes it with invocation records of events that it gave up, and
/// people invoke it with <c>{"resend":"&lt;importId&gt;"}</c>.
/// </summary>
public sealed class Function(Remediation remediation)
{
    [LambdaFunction]
    public async Task<Remedy> Handle(RemediateEvent input, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var remedy = input.Resend is { } importId
            ? await remediation.ResendAsync(importId, deadline.Token)
            : await remediation.RecordAsync(input.ToFailure(), deadline.Token);
        Metrics.AddMetric(input.Resend is null ? "ImportsFailed" : "ImportsResent", 1, MetricUnit.Count);
        Metrics.Instance.Flush();
        return remedy;
    }
}
