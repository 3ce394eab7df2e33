using System.Text.Json;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using AWS.Lambda.Powertools.BatchProcessing;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Batches;
using Isobar.Functions;

namespace Isobar.Catalog;

/// <summary>Invoked by the event source mapping of the changes queue: writes the pages of the changed files.</summary>
public sealed class WritePagesFunction(PageWriter pages)
{
    [LambdaFunction]
    public async Task<BatchItemFailuresResponse> WritePages(SQSEvent batch, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var keys = batch.Records.Select(KeyOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var failures = await pages.WriteAsync(keys, deadline.Token);
        var response = await MessageBatch.RunAsync(batch, message =>
            failures.TryGetValue(ChangedFile.ReadKey(message.Body), out var failure)
                ? Task.FromException(failure)
                : Task.CompletedTask);
        Logger.LogInformation("{messages} messages, {files} files", batch.Records.Count, keys.Count);
        Metrics.AddMetric("FilesPublished", keys.Count - failures.Count, MetricUnit.Count);
        Metrics.Instance.Flush();
        return response;
    }

    // A message without a key fails below, where each message is answered for.
    private static string? KeyOf(SQSEvent.SQSMessage message)
    {
        try
        {
            return ChangedFile.ReadKey(message.Body);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}
