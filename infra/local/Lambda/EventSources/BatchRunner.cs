using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>Takes one batch from received to settled: invoked, then deleted as far as the function took it.</summary>
internal sealed class BatchRunner(
    QueueMapping mapping, IEventReader reader, Invoker invoker, FunctionDirectory functions, ServiceContext context)
{
    /// <summary>Runs a batch; its messages are deleted or left to become visible again, never both.</summary>
    /// <param name="stop">Ends a wait between attempts. A running invocation is waited for.</param>
    /// <returns>Whether the function failed as a whole.</returns>
    public async ValueTask<bool> RunAsync(MessageBatch batch, CancellationToken stop)
    {
        var requestId = context.Identifiers.NewGuid().ToString();
        var payload = batch.ToEvent();
        context.Journal.Record(new BatchInvoked(
            mapping.Uuid, mapping.FunctionName, requestId, batch.Messages.Count, payload.Length));
        if (payload.Length > LambdaLimits.MaxSynchronousPayloadBytes)
            return Fail(batch, requestId, "RequestTooLargeException");
        var backoff = MappingLimits.FirstBackoff;
        while (true)
        {
            // Held only while something happens: a wait between attempts is one that the clock may jump over.
            using (context.Activity.Begin())
            {
                var (outcome, refusal) = await InvokeAsync(payload, requestId);
                if (outcome is not null) return await SettleAsync(batch, requestId, outcome);
                if (!WaitsFor(batch, requestId, refusal, backoff)) return true;
            }

            await ServiceWait.ForAsync(
                context.Clock, $"event source mapping {mapping.FunctionName} throttled", backoff, stop);
            backoff = backoff * 2 < MappingLimits.LastBackoff ? backoff * 2 : MappingLimits.LastBackoff;
        }
    }

    private async ValueTask<(InvocationOutcome? Outcome, string Refusal)> InvokeAsync(
        ReadOnlyMemory<byte> payload, string requestId)
    {
        var request = new InvocationRequest(requestId, payload, mapping.Function.InvokedArn)
        {
            TraceId = TraceHeader.Rebuild(null, context.Identifiers, context.Clock.GetUtcNow()),
            Priority = InvocationPriority.Background,
        };
        try
        {
            return (await invoker.InvokeAsync(mapping.Function, request, CancellationToken.None), "");
        }
        catch (AwsException e)
        {
            return (null, e.Code);
        }
    }

    /// <summary>
    /// Another attempt is worth it only if it can end before the queue hands the messages out again.
    /// </summary>
    private bool WaitsFor(MessageBatch batch, string requestId, string refusal, TimeSpan backoff)
    {
        var next = context.Clock.GetUtcNow() + backoff;
        var timeout = functions.Current(mapping.Function)?.Configuration.Timeout;
        var visible = batch.FirstReceived + reader.HoldTime;
        var waits = next + timeout <= visible;
        context.Journal.Record(new BatchThrottled(
            mapping.Uuid, mapping.FunctionName, requestId, refusal, waits ? next : null));
        return waits;
    }

    private async ValueTask<bool> SettleAsync(MessageBatch batch, string requestId, InvocationOutcome outcome)
    {
        if (outcome.FunctionError is not null) return Fail(batch, requestId, outcome.ErrorType ?? "Unhandled");
        IReadOnlySet<string> failed = new HashSet<string>();
        if (mapping.ReportsBatchItemFailures)
        {
            var ids = batch.Messages.Select(message => message.Id).ToHashSet(StringComparer.Ordinal);
            if (BatchResponse.Failures(outcome.Payload, ids) is not { } named)
            {
                Fail(batch, requestId, "The response is no partial batch response.");
                return false;
            }

            failed = named;
        }

        var done = batch.Messages.Where(message => !failed.Contains(message.Id)).ToArray();
        if (done.Length > 0)
            await reader.CompleteAsync([.. done.Select(message => message.Handle)], CancellationToken.None);
        foreach (var id in failed)
            context.Journal.Record(new BatchItemFailed(mapping.Uuid, mapping.FunctionName, requestId, id));
        context.Journal.Record(new BatchSucceeded(
            mapping.Uuid, mapping.FunctionName, requestId, done.Length, batch.Messages.Count - done.Length));
        return false;
    }

    private bool Fail(MessageBatch batch, string requestId, string reason)
    {
        context.Journal.Record(new BatchFailed(
            mapping.Uuid, mapping.FunctionName, requestId, batch.Messages.Count, reason));
        // With the feature on, AWS does not reduce its polling on failures.
        return !mapping.ReportsBatchItemFailures;
    }
}
