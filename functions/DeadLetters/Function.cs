using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Sqs;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.DeadLetters;

/// <summary>Invoked by the mapping of the dead-letter queue; records each chunk as failed, with its reason.</summary>
public sealed class Function(Registrar registrar)
{
    [LambdaFunction]
    public async Task<BatchItemFailuresResponse> Handle(SQSEvent batch, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime, Registrar.Margin);
        var givenUp = 0;
        var handler = RecordHandler<SQSEvent.SQSMessage>.From(async message =>
        {
            if (await registrar.RecordAsync(ChunkMessage.FromJson(message.Body), deadline.Token)) givenUp++;
            return RecordHandlerResult.None;
        });
        // A batch that fails as a whole is answered like any other: by the ids of its records.
        var result = await SqsBatchProcessor.Instance.ProcessAsync(
            batch, handler, new ProcessingOptions { ThrowOnFullBatchFailure = false });
        foreach (var failure in result.FailureRecords)
            Logger.LogWarning(failure.Exception, "Message {messageId} comes again", failure.RecordId);
        Metrics.AddMetric("ChunksGivenUp", givenUp, MetricUnit.Count);
        Metrics.Instance.Flush();
        return result.BatchItemFailuresResponse;
    }
}
