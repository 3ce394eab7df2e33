using System.Globalization;
using Isobar.Local.Edge.Events;
using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.Handlers;

/// <summary>
/// The place of one process: empty at first, filled by the first event, filled anew after a crash or a timeout.
/// Whoever has taken the slot from the pool owns it.
/// </summary>
internal sealed class HandlerSlot(
    HandlerSettings settings, HandlerSupervision supervision, Monitor<CrashBudget> budget, int number)
    : IAsyncDisposable
{
    private HandlerProcess? process;
    private int starts;

    /// <summary>Runs one event to its end; a viewer who leaves meanwhile changes nothing.</summary>
    public async Task<HandlerOutcome> RunAsync(CloudFrontEvent happened, string requestId)
    {
        var function = settings.Function;
        try
        {
            if (process is null)
            {
                if (!budget.Ask((state, now) => state.MayStart(now)))
                    return new HandlerFailed("The function's process ended too often; it is started again in a while.");
                var socket = Path.Combine(settings.Sockets, $"{number}-{++starts}");
                process = await HandlerProcess.StartAsync(settings, supervision, socket);
            }

            var call = new HandlerCall(happened, new HandlerContext(
                $"us-east-1.{function.Name}", "1", $"{function.Arn}:1",
                function.MemorySizeMb.ToString(CultureInfo.InvariantCulture), requestId,
                (int)function.Timeout.TotalMilliseconds));
            var began = supervision.Clock.GetTimestamp();
            var eventType = happened.Records[0].Cf.Config.EventType;
            var answer = await process.InvokeAsync(call, function.Timeout, EventTypes.IsViewer(eventType)
                ? EdgeLimits.MaxViewerAnswerBytes
                : EdgeLimits.MaxOriginAnswerBytes);
            Report(requestId, eventType, supervision.Clock.GetElapsedTime(began));
            if (answer is { } reply) return Answered(reply);
            await GiveUpAsync();
            return new HandlerFailed("The function's process ended, or answered with more than it may.");
        }
        catch (OperationCanceledException)
        {
            await GiveUpAsync();
            return new HandlerFailed($"The function did not end within {function.Timeout.TotalSeconds:0.##} s.");
        }
        catch (HandlerStartException e)
        {
            RecordCrash();
            return new HandlerFailed(e.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        process = null;
    }

    private void Report(string requestId, string eventType, TimeSpan took) =>
        supervision.Journal.Record(new EdgeFunctionReported(
            requestId, settings.Function.Name, eventType, (long)Math.Ceiling(took.TotalMilliseconds),
            settings.Function.MemorySizeMb));

    private HandlerOutcome Answered(HandlerReply reply)
    {
        budget.Post((state, _) => state.RecordAnswer());
        return reply switch
        {
            { Error: { } error } => new HandlerFailed($"{error.Type}: {error.Message}"),
            { Result: { } result } => new HandlerReturned(result),
            _ => new HandlerReturned(default),
        };
    }

    private async Task GiveUpAsync()
    {
        RecordCrash();
        await DisposeAsync();
    }

    private void RecordCrash()
    {
        if (budget.Ask((state, now) => state.RecordCrash(now)))
            supervision.Journal.Record(new EdgeProcessesPaused(settings.Function.Name, EdgeLimits.CrashPause));
    }
}
