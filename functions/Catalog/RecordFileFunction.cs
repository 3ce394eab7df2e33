using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.SNSEvents;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Catalog;

/// <summary>Invoked by SNS with the invocation records of Intake: records the accepted files.</summary>
public sealed class RecordFileFunction(FileRecorder recorder)
{
    [LambdaFunction]
    public async Task RecordFile(SNSEvent notification, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var files = notification.Records.SelectMany(record => Acceptance.Read(record.Sns.Message)).ToList();
        var recorded = await recorder.RecordAsync(files, deadline.Token);
        Metrics.AddMetric("FilesRecorded", recorded, MetricUnit.Count);
        Metrics.Instance.Flush();
    }
}
