using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Amazon.Lambda.KinesisEvents;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Functions;

namespace Isobar.Live;

/// <summary>
/// Invoked by the event source mapping of the stream of readings: writes each station's latest readings, and its means
/// when a tumbling window ends. What a window has counted is in its state, which Lambda hands from invocation to
/// invocation.
/// </summary>
public sealed class Function(ReadingBatches batches, WindowEnd end)
{
    [LambdaFunction]
    public async Task<KinesisTimeWindowResponse> Handle(KinesisTimeWindowEvent batch, ILambdaContext context)
    {
        Logger.AppendKey("RequestId", context.AwsRequestId);
        using var deadline = Deadline.Before(context.RemainingTime);
        var state = WindowState.Read(batch.State);
        var (taken, failed) = await batches.TakeAsync([.. batch.Records ?? []], state, deadline.Token);
        if (failed is null && batch.IsFinalInvokeForWindow == true)
        {
            await end.WriteAsync(state, batch.Window.Start, batch.Window.End, deadline.Token);
            state = new WindowState();
        }

        Metrics.AddMetric("ReadingsTaken", taken, MetricUnit.Count);
        Metrics.Instance.Flush();
        // AWS does not say whether Lambda keeps the state of an answer that names a failed record; this relies on it.
        return new KinesisTimeWindowResponse
        {
            State = state.ToDictionary(),
            BatchItemFailures = failed is null ? [] : [new() { ItemIdentifier = failed }],
        };
    }
}
