using Isobar.Local.Lambda.Control;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>Reads one mapping's queue: performs what <see cref="MappingState"/> decides.</summary>
internal sealed class QueueReader : IMappingReader
{
    private readonly QueueMapping mapping;
    private readonly IEventReader source;
    private readonly ServiceContext context;
    private readonly BatchRunner runner;
    private readonly Monitor<MappingState, MappingEffect> state;
    private readonly ReaderEnd end = new();
    private Receive? receive;

    public QueueReader(
        QueueMapping mapping, IEventReader source, Invoker invoker, FunctionDirectory functions,
        ServiceContext context)
    {
        this.mapping = mapping;
        this.source = source;
        this.context = context;
        state = new Monitor<MappingState, MappingEffect>(
            $"event source mapping {mapping.FunctionName}", new MappingState(mapping), context.Clock, Perform);
        runner = new BatchRunner(mapping, source, invoker, functions, context, state);
    }

    public void Start() => state.Post(static (mapping, now) => mapping.Start(now));

    public EventSourceMapping Mapping => mapping;

    /// <summary>Stops reading, and hands back what no invocation has seen.</summary>
    public void Stop() => state.Post(static (mapping, _) => mapping.Stop());

    /// <summary>Runs an action once the reader has stopped and its batches have ended.</summary>
    public void WhenStopped(Func<Task> action) => end.When(action);

    /// <summary>Stops reading, hands back what no invocation has seen, and waits for the batches under way.</summary>
    /// <param name="bound">Real time; past it the messages of what still runs reappear by themselves.</param>
    public ValueTask StopAsync(TimeSpan bound)
    {
        Stop();
        return end.WaitAsync(bound);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        state.Dispose();
    }

    private void Perform(MappingEffect effect, Activity.Lease lease)
    {
        switch (effect)
        {
            case BeginReceive begin:
                _ = ReceiveAsync(begin.Maximum, receive = new Receive());
                break;
            case EndReceive:
                receive!.End(lease.TakeOver());
                break;
            case RunBatch run:
                ReaderEnd.Hold(runner.RunAsync(run.Batch), lease.TakeOver());
                break;
            case HandBack back:
                ReaderEnd.Hold(ReturnAsync(back.Messages, TimeSpan.Zero), lease.TakeOver());
                break;
            case KeepHidden hidden:
                ReaderEnd.Hold(ReturnAsync(hidden.Batch.Messages, hidden.Time), lease.TakeOver());
                break;
            case ReportStopped:
                end.Reached();
                break;
        }
    }

    private async Task ReceiveAsync(int maximum, Receive begun)
    {
        using (begun)
        {
            try
            {
                var (messages, work) = await source.ReceiveAsync(maximum, begun.Ended);
                using (work)
                {
                    if (mapping.CountsEvents && messages.Count > 0)
                        context.Metrics.Record(
                            FunctionMetrics.OfMapping("PolledEventCount", mapping.Uuid, messages.Count));
                    messages = await FilterAsync(messages);
                    state.Post((mapping, now) => mapping.Received(messages, now));
                }
            }
            catch (OperationCanceledException) when (begun.Ended.IsCancellationRequested)
            {
                state.Post(static (mapping, now) => mapping.Received([], now));
            }
            catch (Exception e)
            {
                Report(e);
                state.Post(static (mapping, now) => mapping.ReceiveFailed(now));
            }
        }
    }

    // A message that no filter lets pass is deleted: the function will never have it.
    private async ValueTask<IReadOnlyList<SourceRecord>> FilterAsync(IReadOnlyList<SourceRecord> messages)
    {
        if (mapping.Filter.IsEverything) return messages;
        var passing = messages.Where(message => mapping.Filter.Matches(source.ForFilter(message))).ToArray();
        if (passing.Length == messages.Count) return messages;
        var others = messages.Except(passing).Select(message => message.Handle).ToArray();
        await source.CompleteAsync(others, CancellationToken.None);
        if (mapping.CountsEvents)
            context.Metrics.Record(FunctionMetrics.OfMapping("FilteredOutEventCount", mapping.Uuid, others.Length));
        return passing;
    }

    private async ValueTask ReturnAsync(IReadOnlyList<SourceRecord> messages, TimeSpan after)
    {
        try
        {
            await source.ReturnAsync(
                [.. messages.Select(message => message.Handle)], after, CancellationToken.None);
        }
        catch (Exception e)
        {
            Report(e);
        }
    }

    private void Report(Exception e) =>
        context.Journal.Record(new EventSourceFaulted(mapping.Uuid, mapping.Queue.ToString(), e.ToString()));

    /// <summary>A receive that waits, and can be ended.</summary>
    private sealed class Receive : IDisposable
    {
        private readonly CancellationTokenSource cancellation = new();
        private Activity.Lease? ending;

        public CancellationToken Ended => cancellation.Token;

        /// <param name="lease">Held until the state has been told what the receive came to.</param>
        public void End(Activity.Lease lease)
        {
            if (Interlocked.CompareExchange(ref ending, lease, null) is not null)
            {
                // It has ended by itself.
                lease.Dispose();
                return;
            }

            // Its continuation must not run here: others wait behind this effect.
            ThreadPool.UnsafeQueueUserWorkItem(
                static cancellation => cancellation.Cancel(), cancellation, preferLocal: false);
        }

        public void Dispose() => Interlocked.Exchange(ref ending, Activity.Lease.Over)?.Dispose();
    }
}
