namespace Isobar.Functions.Tests.Simulation;

/// <summary>A standard queue and its event source mapping.</summary>
/// <param name="handle">One invocation; it returns the messages that failed.</param>
internal sealed class MappedQueue<T>(
    Account account, VirtualTime time, MappingSettings settings, Func<IReadOnlyList<T>, Task<IReadOnlyList<T>>> handle)
{
    private readonly Queue<(T Message, int Receives)> messages = new();
    private int running;
    private bool isGathering;

    /// <summary>Messages that went to the dead-letter queue.</summary>
    public int Dead { get; private set; }

    public int Batches { get; private set; }

    /// <summary>The most invocations at a time.</summary>
    public int MostRunning { get; private set; }

    public void Send(T message)
    {
        messages.Enqueue((message, 0));
        Gather();
    }

    private async void Gather()
    {
        if (isGathering || messages.Count == 0 || running == settings.MaximumConcurrency) return;
        if (settings.Window > 0 && messages.Count < settings.BatchSize)
        {
            isGathering = true;
            await time.DelayAsync(settings.Window);
            isGathering = false;
        }

        var batch = new List<(T Message, int Receives)>();
        while (batch.Count < settings.BatchSize && messages.TryDequeue(out var next))
        {
            if (next.Receives == settings.MaxReceives) Dead++;
            else batch.Add((next.Message, next.Receives + 1));
        }

        if (batch.Count == 0) return;
        running++;
        MostRunning = Math.Max(MostRunning, running);
        Batches++;
        Gather();
        await RunAsync(batch);
        running--;
        Gather();
    }

    private async Task RunAsync(List<(T Message, int Receives)> batch)
    {
        var received = time.GetUtcNow();
        await account.EnterAsync();
        var isVisible = (time.GetUtcNow() - received).TotalSeconds > settings.VisibilityTimeout;
        // A batch that was throttled for longer is another consumer's by now: its messages were counted once more.
        IReadOnlyList<T> failed = isVisible ? [.. batch.Select(entry => entry.Message)] : [];
        try
        {
            if (!isVisible) failed = await handle([.. batch.Select(entry => entry.Message)]);
        }
        catch (Exception)
        {
            failed = [.. batch.Select(entry => entry.Message)];
        }

        account.Release();
        if (failed.Count > 0) Return(batch, failed, isVisible ? 0 : settings.VisibilityTimeout);
    }

    private async void Return(List<(T Message, int Receives)> batch, IReadOnlyList<T> failed, double after)
    {
        var lookup = failed.ToHashSet();
        await time.DelayAsync(after);
        foreach (var entry in batch.Where(entry => lookup.Contains(entry.Message))) messages.Enqueue(entry);
        Gather();
    }
}

/// <param name="Window">Seconds.</param>
/// <param name="VisibilityTimeout">Seconds.</param>
internal sealed record MappingSettings(
    int BatchSize, double Window, int MaximumConcurrency, double VisibilityTimeout, int MaxReceives);
