using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SNSEvents;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Catalog;

/// <summary>Invoked by SNS for what Intake accepted; keeps the site's catalogue.</summary>
public sealed class Function(CatalogUpdate catalog, StationNames names)
{
    [LambdaFunction]
    public async Task Handle(SNSEvent notification, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime, CatalogUpdate.Margin);
        // SNS sends one notification an invocation; were it more, they would go in together.
        var files = notification.Records.SelectMany(record => Acceptance.Read(record.Sns.Message))
            .Select(file => file.Named(names)).ToList();
        var changed = await catalog.AddAsync(files, deadline.Token);
        Metrics.AddMetric("CatalogWrites", changed ? 1 : 0, MetricUnit.Count);
        Metrics.Instance.Flush();
    }
}
