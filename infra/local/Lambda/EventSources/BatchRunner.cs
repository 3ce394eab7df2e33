using Isobar.Local.History;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>
/// Makes one attempt with a batch: invokes the function, deletes the messages that it took, and tells the mapping's
/// state. The caller holds the clock meanwhile.
/// </summary>
internal sealed class BatchRunner(
    QueueMapping mapping, IEventReader reader, Invoker invoker, FunctionDirectory functions, ServiceContext context,
    Monitor<MappingState> state)
{
    /// <summary>Runs a batch; its messages are deleted or left to become visible again, never both.</summary>
    public async ValueTask RunAsync(Batch batch)
    {
        await Task.Yield();
        if (batch.Prepare(context.Identifiers.NewGuid().ToString(),
            TraceHeader.Rebuild(null, context.Identifiers, context.Clock.GetUtcNow())))
            context.Journal.Record(new BatchInvoked(
                mapping.Uuid, mapping.FunctionName, batch.RequestId, batch.Messages.Count, batch.Payload.Length)
            {
                IsMeasured = mapping.CountsEvents,
                TraceId = batch.TraceId,
            });
        var backOff = false;
        try
        {
            if (await AttemptAsync(batch) is not { } failed) return;
            backOff = failed;
        }
        catch (Exception e)
        {
            // A failure that was not foreseen leaves the messages to their visibility timeout.
            context.Journal.Record(new EventSourceFaulted(mapping.Uuid, mapping.Queue.ToString(), e.ToString()));
        }

        state.Post((mapping, now) => mapping.Ended(batch, backOff, now));
    }

    /// <returns>Whether the function failed as a whole; null when the batch was throttled.</returns>
    private async ValueTask<bool?> AttemptAsync(Batch batch)
    {
        if (batch.Payload.Length > LambdaLimits.MaxSynchronousPayloadBytes)
            return Fail(batch, "RequestTooLargeException");
        var timeout = functions.Current(mapping.Function)?.Configuration.Timeout ?? TimeSpan.Zero;
        var visibility = reader.HoldTime ?? TimeSpan.Zero;
        state.Post((mapping, now) => mapping.Invoking(batch, timeout, visibility, now));
        var request = new InvocationRequest(batch.RequestId, batch.Payload, mapping.Function.InvokedArn)
        {
            TraceId = batch.TraceId,
            Caller = InvocationCaller.EventSourceMapping,
            Priority = InvocationPriority.Background,
        };
        try
        {
            var outcome = await invoker.InvokeAsync(mapping.Function, request, CancellationToken.None);
            return await SettleAsync(batch, outcome);
        }
        catch (AwsException e)
        {
            var isMachineFull = e.InnerException is HostSaturatedException;
            var next = state.Ask((mapping, now) => mapping.Refused(batch, isMachineFull, timeout, now));
            context.Journal.Record(
                new BatchThrottled(mapping.Uuid, mapping.FunctionName, batch.RequestId, e.Code, next)
                {
                    TraceId = batch.TraceId,
                });
            return null;
        }
    }

    private async ValueTask<bool> SettleAsync(Batch batch, InvocationOutcome outcome)
    {
        if (outcome.FunctionError is not null) return Fail(batch, outcome.ErrorType ?? "Unhandled");
        IReadOnlySet<string> failed = new HashSet<string>();
        if (mapping.ReportsBatchItemFailures)
        {
            var ids = batch.Messages.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
            if (BatchResponse.Failures(outcome.Payload, ids) is not { } named)
            {
                Fail(batch, "The response is not a valid partial batch response.");
                return false;
            }

            failed = named;
        }

        var done = batch.Messages.Where(message => !failed.Contains(message.Id)).ToArray();
        if (done.Length > 0)
            await reader.CompleteAsync([.. done.Select(message => message.Handle)], CancellationToken.None);
        foreach (var id in failed)
            context.Journal.Record(new BatchItemFailed(mapping.Uuid, mapping.FunctionName, batch.RequestId, id)
            {
                TraceId = batch.TraceId,
            });
        context.Journal.Record(new BatchSucceeded(
            mapping.Uuid, mapping.FunctionName, batch.RequestId, done.Length, batch.Messages.Count - done.Length)
        {
            IsMeasured = mapping.CountsEvents,
            TraceId = batch.TraceId,
        });
        batch.IsDone = failed.Count == 0;
        return false;
    }

    private bool Fail(Batch batch, string reason)
    {
        context.Journal.Record(new BatchFailed(
            mapping.Uuid, mapping.FunctionName, batch.RequestId, batch.Messages.Count, reason)
        {
            IsMeasured = mapping.CountsEvents,
            TraceId = batch.TraceId,
        });
        // With the feature on, AWS does not reduce its polling on failures.
        return !mapping.ReportsBatchItemFailures;
    }
}
