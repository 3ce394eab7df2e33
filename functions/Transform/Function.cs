using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Sqs;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Transform;

/// <summary>Invoked by the chunks mapping; answers which chunks failed, so that only those come again.</summary>
public sealed class Function(ChunkWork work)
{
    [LambdaFunction]
    public async Task<BatchItemFailuresResponse> Handle(SQSEvent batch, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime, ChunkWork.Margin);
        var handler = RecordHandler<SQSEvent.SQSMessage>.From(async message =>
        {
            await work.RunAsync(ChunkMessage.FromJson(message.Body), deadline.Token);
            return RecordHandlerResult.None;
        });
        // A batch that fails as a whole is answered like any other: by the ids of its records.
        var result = await SqsBatchProcessor.Instance.ProcessAsync(
            batch, handler, new ProcessingOptions { ThrowOnFullBatchFailure = false });
        foreach (var failure in result.FailureRecords)
            Logger.LogWarning(failure.Exception, "Message {messageId} comes again", failure.RecordId);
        Metrics.AddMetric("ChunksFailed", result.FailureRecords.Count, MetricUnit.Count);
        Metrics.Instance.Flush();
        return result.BatchItemFailuresResponse;
    }
}
