using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.DynamoDBEvents;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Finalize;

/// <summary>
/// Invoked by the event source mapping of the jobs table's stream, whose filter lets jobs without remaining chunks
/// pass.
/// </summary>
public sealed class Function(JobFinalizer finalizer)
{
    /// <returns>The first change that failed: Lambda tries it and all that follow it again.</returns>
    [LambdaFunction]
    public async Task<StreamsEventResponse> Handle(DynamoDBEvent changes, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var response = new StreamsEventResponse { BatchItemFailures = [] };
        var sent = 0;
        foreach (var change in changes.Records)
        {
            try
            {
                sent += await finalizer.FinalizeAsync(StreamImage.Read(change.Dynamodb.NewImage), deadline.Token);
            }
            catch (Exception e)
            {
                var number = change.Dynamodb.SequenceNumber;
                Logger.LogError(e, "Change {sequenceNumber} failed and is tried again", number);
                response.BatchItemFailures.Add(new() { ItemIdentifier = number });
                break;
            }
        }

        Metrics.AddMetric("ShardsSent", sent, MetricUnit.Count);
        Metrics.Instance.Flush();
        return response;
    }
}
