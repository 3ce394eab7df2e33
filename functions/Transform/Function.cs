using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Batches;
using Isobar.Domain;
using Isobar.Functions;

namespace Isobar.Transform;

/// <summary>Invoked by the event source mapping of the chunks queue: converts each chunk of the batch.</summary>
public sealed class Function(ChunkConverter converter)
{
    [LambdaFunction]
    public async Task<BatchItemFailuresResponse> Handle(SQSEvent batch, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var response = await MessageBatch.RunAsync(
            batch, message => converter.RunAsync(ChunkMessage.FromJson(message.Body), deadline.Token));
        Metrics.AddMetric("ChunksFailed", response.BatchItemFailures.Count, MetricUnit.Count);
        Metrics.Instance.Flush();
        return response;
    }
}
