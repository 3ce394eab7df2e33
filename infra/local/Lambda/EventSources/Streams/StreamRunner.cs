using Isobar.Local.History;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>
/// Makes one attempt with a batch: invokes the function and tells the mapping's state how that ended. The caller holds
/// the clock meanwhile.
/// </summary>
internal sealed class StreamRunner(Invoker invoker, ServiceContext context, Monitor<StreamState> state)
{
    public async ValueTask RunAsync(InvokeBatch run)
    {
        await Task.Yield();
        StreamOutcome outcome;
        try
        {
            outcome = await AttemptAsync(run);
        }
        catch (Exception e)
        {
            // A failure that was not foreseen: the batch is tried again.
            context.Journal.Record(new EventSourceFaulted(
                run.Mapping.Uuid, run.Mapping.Stream.ToString(), e.ToString()));
            outcome = new StreamOutcome.NotRun(e.Message);
        }

        var next = state.Ask((mapping, now) =>
        {
            mapping.Ended(run.Lane, run.Batch, outcome, now);
            return run.Lane.RetryAt;
        });
        if (outcome is StreamOutcome.NotRun notRun)
            context.Journal.Record(new BatchThrottled(
                run.Mapping.Uuid, run.Mapping.FunctionName, outcome.RequestId, notRun.Reason, next));
    }

    private async ValueTask<StreamOutcome> AttemptAsync(InvokeBatch run)
    {
        var (mapping, batch) = (run.Mapping, run.Batch);
        var now = context.Clock.GetUtcNow();
        var request = new InvocationRequest(
            context.Identifiers.NewGuid().ToString(), StreamEvent.Of(batch, mapping.Stream),
            mapping.Function.InvokedArn)
        {
            TraceId = TraceHeader.Rebuild(null, context.Identifiers, now),
            Caller = InvocationCaller.EventSourceMapping,
            Priority = InvocationPriority.Background,
        };
        context.Journal.Record(new StreamBatchInvoked(
            mapping.Uuid, mapping.FunctionName, request.RequestId, batch.ShardId, batch.Records.Count,
            batch.Attempts + 1, batch.Records.Count == 0 ? TimeSpan.Zero : now - batch.Records[^1].Record.Arrived)
        {
            TraceId = request.TraceId,
            IsMeasured = mapping.CountsEvents,
        });
        if (request.Payload.Length > LambdaLimits.MaxSynchronousPayloadBytes)
            return Report(run, request, new StreamOutcome.Failed("Unhandled", "RequestTooLargeException"));
        try
        {
            var outcome = await invoker.InvokeAsync(mapping.Function, request, CancellationToken.None);
            var read = outcome.FunctionError is { } error
                ? new StreamOutcome.Failed(error, outcome.ErrorType ?? error)
                : StreamResponse.Read(outcome.Payload, batch, mapping.ReportsBatchItemFailures);
            return Report(run, request, read with { ExecutedVersion = outcome.ExecutedVersion });
        }
        catch (AwsException e)
        {
            return new StreamOutcome.NotRun(e.Code) { RequestId = request.RequestId };
        }
    }

    private StreamOutcome Report(InvokeBatch run, InvocationRequest request, StreamOutcome outcome)
    {
        var (mapping, batch) = (run.Mapping, run.Batch);
        IFact fact = outcome switch
        {
            StreamOutcome.Succeeded => new StreamBatchSucceeded(
                mapping.Uuid, mapping.FunctionName, request.RequestId, batch.ShardId, batch.Records.Count)
            {
                TraceId = request.TraceId,
            },
            _ => new StreamBatchFailed(
                mapping.Uuid, mapping.FunctionName, request.RequestId, batch.ShardId, batch.Records.Count,
                (outcome as StreamOutcome.TookUpTo)?.Index ?? 0,
                (outcome as StreamOutcome.Failed)?.Reason ?? "The response names failed records.")
            {
                TraceId = request.TraceId,
                IsMeasured = mapping.CountsEvents,
            },
        };
        context.Journal.Record(fact);
        return outcome with { RequestId = request.RequestId };
    }
}
