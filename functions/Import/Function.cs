using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Import;

/// <summary>Invoked asynchronously by the API: copies one station's file and links the import to its job.</summary>
public sealed class Function(StationCopy copy)
{
    /// <returns>The landed file and its job, which the on-success destination receives.</returns>
    [LambdaFunction]
    public async Task<Imported> Handle(ImportRequest request, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var imported = await copy.RunAsync(request, deadline.Token);
        Metrics.AddMetric("StationsImported", 1, MetricUnit.Count);
        Metrics.Instance.Flush();
        return imported;
    }
}
