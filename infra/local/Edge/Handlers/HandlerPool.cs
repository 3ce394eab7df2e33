using System.Collections.Concurrent;
using Isobar.Local.Edge.Events;
using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.Handlers;

/// <summary>Runs a function's events, each alone in a process, in a bounded number of processes.</summary>
internal sealed class HandlerPool : IAsyncDisposable
{
    private readonly SemaphoreSlim free = new(EdgeLimits.MaxProcesses);

    // A stack: the process that ran last runs next, so that a site with few viewers needs one process.
    private readonly ConcurrentStack<HandlerSlot> slots;
    private readonly Monitor<CrashBudget> budget;
    private int waiting;

    public HandlerPool(HandlerSettings settings, HandlerSupervision supervision, ServiceClock clock)
    {
        budget = new Monitor<CrashBudget>($"processes of {settings.Function.Name}", new CrashBudget(), clock);
        slots = new ConcurrentStack<HandlerSlot>(Enumerable.Range(0, EdgeLimits.MaxProcesses)
            .Select(number => new HandlerSlot(settings, supervision, budget, number)));
    }

    /// <summary>Runs one event.</summary>
    /// <param name="cancellationToken">Stops the wait for a process, not the function.</param>
    public async Task<HandlerOutcome> RunAsync(
        CloudFrontEvent happened, string requestId, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > EdgeLimits.MaxWaitingEvents) return new HandlerThrottled();
            await free.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }

        // The semaphore admits as many callers as there are slots, so one is free.
        slots.TryPop(out var slot);
        try
        {
            return await slot!.RunAsync(happened, requestId);
        }
        finally
        {
            slots.Push(slot!);
            free.Release();
        }
    }

    /// <summary>Ends the processes, each after the event that it is running.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var taken = 0; taken < EdgeLimits.MaxProcesses; taken++)
        {
            await free.WaitAsync();
            slots.TryPop(out var slot);
            await slot!.DisposeAsync();
        }

        budget.Dispose();
        free.Dispose();
    }
}
