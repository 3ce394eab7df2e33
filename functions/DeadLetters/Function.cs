using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Batches;
using Isobar.Domain;
using Isobar.Functions;

namespace Isobar.DeadLetters;

/// <summary>
/// Invoked by the event source mapping of the chunks' dead-letter queue: marks each chunk there as failed in its job.
/// </summary>
public sealed class Function(FailureRecorder recorder)
{
    [LambdaFunction]
    public async Task<BatchItemFailuresResponse> Handle(SQSEvent batch, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var recorded = 0;
        var response = await MessageBatch.RunAsync(batch, async message =>
        {
            if (await recorder.RecordAsync(ChunkMessage.FromJson(message.Body), deadline.Token)) recorded++;
        });
        Metrics.AddMetric("ChunksFailed", recorded, MetricUnit.Count);
        Metrics.Instance.Flush();
        return response;
    }
}
