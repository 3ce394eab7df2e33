using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>
/// Reads one mapping's queue: waits for a slot, gathers a batch, hands it to a runner, and so on until it is stopped.
/// </summary>
internal sealed class QueueReader : IAsyncDisposable
{
    private readonly QueueMapping mapping;
    private readonly IEventReader source;
    private readonly BatchRunner runner;
    private readonly ServiceContext context;
    private readonly Monitor<BatchSlots> slots;
    private readonly Activity running = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Queue<(SourceRecord Message, DateTimeOffset Received)> carried = new();
    private Activity.Lease? inHand;
    private Task reading = Task.CompletedTask;

    public QueueReader(QueueMapping mapping, IEventReader source, BatchRunner runner, ServiceContext context)
    {
        this.mapping = mapping;
        this.source = source;
        this.runner = runner;
        this.context = context;
        slots = new Monitor<BatchSlots>(
            $"event source mapping {mapping.FunctionName} concurrency",
            new BatchSlots(mapping.Concurrency), context.Clock);
    }

    public void Start() => reading = ReadAsync();

    /// <summary>Stops reading, hands back what no invocation has seen, and waits for the batches under way.</summary>
    /// <param name="bound">Real time; past it the messages of what still runs reappear by themselves.</param>
    public async ValueTask StopAsync(TimeSpan bound)
    {
        await stopping.CancelAsync();
        await reading;
        await running.WaitForQuietAsync(bound, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        slots.Dispose();
        stopping.Dispose();
    }

    private async Task ReadAsync()
    {
        await Task.Yield();
        var faults = 0;
        while (!stopping.IsCancellationRequested)
        {
            var batch = new MessageBatch(mapping.BatchSize);
            try
            {
                await slots.Ask((state, now) => state.Enter(now)).WaitAsync(stopping.Token);
                await GatherAsync(batch);
                faults = 0;
                Run(batch);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                await HandBackAsync([.. batch.Messages, .. carried.Select(entry => entry.Message)]);
            }
            catch (Exception e)
            {
                context.Journal.Record(new EventSourceFaulted(mapping.Uuid, mapping.Queue.ToString(), e.ToString()));
                slots.Post(static (state, _) => state.Leave(backOff: false));
                PutDown();
                await PauseAsync(++faults);
            }
            finally
            {
                PutDown();
            }
        }
    }

    /// <summary>Waits for messages, then for more of them until the batch is full or its window has passed.</summary>
    private async ValueTask GatherAsync(MessageBatch batch)
    {
        while (carried.TryPeek(out var first) && batch.TryAdd(first.Message, first.Received)) carried.Dequeue();
        if (carried.Count > 0) return;
        if (batch.Messages.Count == 0)
            await ReceiveAsync(batch, stopping.Token);
        if (mapping.BatchingWindow == TimeSpan.Zero) return;

        using var window = new CancellationTokenSource();
        using var end = context.Clock.CreateTimer($"event source mapping {mapping.FunctionName} window", window.Cancel);
        end.FireAt(batch.FirstReceived + mapping.BatchingWindow);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(window.Token, stopping.Token);
        try
        {
            while (batch.Room > 0 && carried.Count == 0)
            {
                PutDown();
                await ReceiveAsync(batch, either.Token);
            }
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The window has passed.
        }
    }

    private async ValueTask ReceiveAsync(MessageBatch batch, CancellationToken cancellationToken) =>
        Add(batch, await source.ReceiveAsync(batch.Room, cancellationToken, TakeInHand));

    // What is in hand counts as work until the batch runs, which then counts itself. Waiting for more does not: the
    // clock may jump over a window.
    private void TakeInHand() => Interlocked.Exchange(ref inHand, context.Activity.Begin())?.Dispose();

    private void PutDown() => Interlocked.Exchange(ref inHand, null)?.Dispose();

    private void Add(MessageBatch batch, IReadOnlyList<SourceRecord> received)
    {
        var now = context.Clock.GetUtcNow();
        foreach (var message in received)
        {
            if (carried.Count > 0 || !batch.TryAdd(message, now)) carried.Enqueue((message, now));
        }
    }

    // A failure that the runner did not foresee leaves the messages to their visibility timeout.
    private async void Run(MessageBatch batch)
    {
        using var counted = running.Begin();
        var backOff = false;
        try
        {
            backOff = await runner.RunAsync(batch, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await HandBackAsync(batch.Messages);
        }
        catch (Exception e)
        {
            context.Journal.Record(new EventSourceFaulted(mapping.Uuid, mapping.Queue.ToString(), e.ToString()));
        }

        slots.Post((state, _) => state.Leave(backOff));
    }

    /// <summary>Makes messages visible at once that no invocation has seen.</summary>
    private async ValueTask HandBackAsync(IReadOnlyList<SourceRecord> unseen)
    {
        if (unseen.Count == 0) return;
        try
        {
            var handles = unseen.Select(message => message.Handle).ToArray();
            await source.ReturnAsync(handles, TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception e)
        {
            context.Journal.Record(new EventSourceFaulted(mapping.Uuid, mapping.Queue.ToString(), e.ToString()));
        }
    }

    private async ValueTask PauseAsync(int faults)
    {
        var seconds = Math.Min(Math.Pow(2, Math.Min(faults, 6) - 1), 60);
        try
        {
            await ServiceWait.ForAsync(context.Clock, $"event source mapping {mapping.FunctionName} fault",
                TimeSpan.FromSeconds(seconds), stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped while waiting: the loop sees it.
        }
    }
}
