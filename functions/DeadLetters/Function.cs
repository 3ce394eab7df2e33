using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Sqs;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Domain;

namespace Isobar.DeadLetters;

/// <summary>Invoked by the mapping of the dead-letter queue; records each chunk as failed, with its reason.</summary>
public sealed class Function(Registrar registrar)
{
    [LambdaFunction]
    public async Task<BatchItemFailuresResponse> Handle(SQSEvent batch, ILambdaContext context)
    {
        using var deadline = new CancellationTokenSource(context.RemainingTime - Registrar.Margin);
        var handler = RecordHandler<SQSEvent.SQSMessage>.From(async message =>
        {
            await registrar.RecordAsync(ChunkMessage.FromJson(message.Body), deadline.Token);
            return RecordHandlerResult.None;
        });
        // A batch that fails as a whole is answered like any other: by the ids of its records.
        var result = await SqsBatchProcessor.Instance.ProcessAsync(
            batch, handler, new ProcessingOptions { ThrowOnFullBatchFailure = false });
        Metrics.AddMetric("ChunksGivenUp", result.SuccessRecords.Count, MetricUnit.Count);
        Metrics.Instance.Flush();
        return result.BatchItemFailuresResponse;
    }
}
