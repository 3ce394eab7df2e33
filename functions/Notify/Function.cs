using Amazon.Lambda.Annotations;
using Amazon.Lambda.CloudWatchEvents;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Jobs;

namespace Isobar.Notify;

/// <summary>Invoked by a rule on the bus for every import that landed: adds it to its job's timeline.</summary>
public sealed class Function(IJobTimeline timeline)
{
    [LambdaFunction]
    public async Task Handle(CloudWatchEvent<InvocationRecord<ImportResult>> notice, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var (job, entry, station) = ImportResult.Read(notice.Detail);
        var details = new Dictionary<string, string> { ["station"] = station };
        var added = await timeline.AddAsync(job, entry, details, deadline.Token);
        Logger.LogInformation("Job {job} {kind} by {importId}; new: {added}", job, entry.Kind, entry.Id, added);
        Metrics.AddMetric("TimelineEntries", added ? 1 : 0, MetricUnit.Count);
        Metrics.Instance.Flush();
    }
}
