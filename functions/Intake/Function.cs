using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Jobs;

namespace Isobar.Intake;

/// <summary>Invoked asynchronously for every object that lands; opens its job and sends its chunks.</summary>
public sealed class Function(Reception reception)
{
    /// <returns>The jobs of the landed objects, which the on-success destination receives.</returns>
    [LambdaFunction]
    public async Task<Accepted> Handle(S3Event landed, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime, Reception.Margin);
        var jobs = new List<AcceptedJob>(landed.Records.Count);
        foreach (var record in landed.Records)
            jobs.Add(await reception.ReceiveAsync(LandedObject.From(record), deadline.Token));
        Metrics.AddMetric("ChunksSent", jobs.Sum(job => job.Chunks), MetricUnit.Count);
        Metrics.Instance.Flush();
        return new Accepted(jobs);
    }
}
