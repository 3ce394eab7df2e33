using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.S3Events;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Intake;

/// <summary>Invoked by S3 for every object put into the landing bucket: opens its job and sends its chunks.</summary>
public sealed class Function(JobOpener opener)
{
    /// <returns>The jobs, which Lambda sends to the on-success destination.</returns>
    [LambdaFunction]
    public async Task<Accepted> Handle(S3Event landed, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var jobs = new List<AcceptedJob>(landed.Records.Count);
        foreach (var record in landed.Records)
            jobs.Add(await opener.OpenAsync(Landing.From(record), deadline.Token));
        Metrics.AddMetric("ChunksSent", jobs.Sum(job => job.Chunks), MetricUnit.Count);
        Metrics.Instance.Flush();
        return new Accepted(jobs);
    }
}
