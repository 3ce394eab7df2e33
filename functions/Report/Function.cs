using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Report;

/// <summary>Invoked by a schedule with constant JSON: writes the pages of stations whose months changed.</summary>
public sealed class Function(Reporter reporter)
{
    [LambdaFunction]
    public async Task Handle(PageBudget budget, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var written = await reporter.WriteAsync(budget.Read(), deadline.Token);
        Logger.LogInformation("{stations} stations", written);
        // A metric costs by the hours in which it has a value: an idle stack has none of this one.
        if (written == 0) return;
        Metrics.AddMetric("StationsReported", written, MetricUnit.Count);
        Metrics.Instance.Flush();
    }
}
