using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.BatchProcessing.Sqs;
using AWS.Lambda.Powertools.Logging;

namespace Isobar.Batches;

/// <summary>Runs the messages of one SQS event one after the other.</summary>
public static class MessageBatch
{
    private const int MostLoggedCharacters = 2_048;

    /// <param name="handle">Throws when the message could not be handled.</param>
    /// <returns>
    /// The ids of the messages that failed: with ReportBatchItemFailures these alone return to the queue. A batch in
    /// which every message failed is answered in the same way.
    /// </returns>
    /// <remarks>Each failure is logged here, once, with the message's body; handlers need not log it.</remarks>
    public static async Task<BatchItemFailuresResponse> RunAsync(
        SQSEvent batch, Func<SQSEvent.SQSMessage, Task> handle)
    {
        var handler = RecordHandler<SQSEvent.SQSMessage>.From(async message =>
        {
            await handle(message);
            return RecordHandlerResult.None;
        });
        var result = await SqsBatchProcessor.Instance.ProcessAsync(
            batch, handler, new ProcessingOptions { ThrowOnFullBatchFailure = false });
        foreach (var failure in result.FailureRecords)
            Logger.LogError(
                failure.Exception, "Message {messageId} failed and returns to the queue: {body}", failure.RecordId,
                Shortened(failure.Record.Body));
        return result.BatchItemFailuresResponse;
    }

    private static string Shortened(string? body) => body is { Length: > MostLoggedCharacters }
        ? body[..MostLoggedCharacters] + "…"
        : body ?? "";
}
