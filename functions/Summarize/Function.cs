using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Batches;
using Isobar.Functions;
using Isobar.Summaries;

namespace Isobar.Summarize;

/// <summary>
/// Invoked by the event source mapping of the summaries queue: writes or expires the months of a shard.
/// </summary>
public sealed class Function(ShardSummarizer summarizer)
{
    [LambdaFunction]
    public async Task<BatchItemFailuresResponse> Handle(SQSEvent batch, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var response = await MessageBatch.RunAsync(
            batch, message => summarizer.RunAsync(SummaryMessage.FromJson(message.Body), deadline.Token));
        Metrics.AddMetric("ShardsFailed", response.BatchItemFailures.Count, MetricUnit.Count);
        Metrics.Instance.Flush();
        return response;
    }
}
