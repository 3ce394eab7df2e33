using Isobar.Telemetry.Batching;

namespace Isobar.Telemetry.Shipping;

/// <summary>
/// Sends the batches of one destination, one at a time, and repeats each until it is taken or refused for good. The
/// function never waits for this; if the buffer becomes full meanwhile, it drops lines.
/// </summary>
/// <param name="log">Called with a log message when sending begins to fail and when it works again.</param>
internal sealed class Shipper(
    Pipeline.Outlet outlet, IDestination destination, TimeProvider clock, Action<string> log)
{
    /// <summary>The pause after the first failure; it doubles up to <see cref="LongestPause"/>.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a destination's Retry-After is heeded.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    // The environment shuts down: ship what is left, then return.
    private readonly CancellationTokenSource stopping = new();
    // The time for that has passed: give up.
    private readonly CancellationTokenSource deadline = new();
    private bool failing;

    /// <summary>Lines of the batch that is being sent; the destination has not confirmed them.</summary>
    public int UnconfirmedLines { get; private set; }

    /// <summary>Lines that the destination has not got yet.</summary>
    public int LeftLines => outlet.HeldLines + UnconfirmedLines;

    /// <summary>The destination's name, for log lines.</summary>
    public string Destination => destination.Name;

    /// <summary>Ships batches until <see cref="FinishAsync"/> is called.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await ShipDueAsync();
                if (stopping.IsCancellationRequested) return;
                await outlet.WaitAsync(stopping.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // Program logs how many lines were not shipped.
        }
    }

    /// <summary>Ships what is buffered, and waits until <see cref="RunAsync"/> has ended.</summary>
    /// <param name="running">The task that <see cref="RunAsync"/> returned.</param>
    /// <param name="timeout">After this time, lines that are not shipped yet are lost.</param>
    public async Task FinishAsync(Task running, TimeSpan timeout)
    {
        deadline.CancelAfter(timeout);
        outlet.Flush();
        await stopping.CancelAsync();
        await running;
    }

    /// <summary>
    /// Ships what came after this shipper had finished: another destination's last batch may have been refused, which a
    /// line tells here. Called after <see cref="FinishAsync"/>, and bounded by its timeout.
    /// </summary>
    public async Task FinishLateAsync()
    {
        try
        {
            if (!deadline.IsCancellationRequested) await ShipDueAsync();
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // Program logs how many lines were not shipped.
        }
    }

    private async Task ShipDueAsync()
    {
        while (outlet.Next() is { } batch)
        {
            UnconfirmedLines = batch.Lines;
            await ShipAsync(batch);
            UnconfirmedLines = 0;
        }
    }

    private async Task ShipAsync(SealedBatch batch)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var answer = await AttemptAsync(batch);
            if (answer.Outcome == Outcome.Taken)
            {
                Told(answer.Rejected > 0 ? $"{answer.Rejected} items were rejected: {answer.Reason}" : null);
                outlet.Shipped(batch, answer.Rejected);
                return;
            }

            deadline.Token.ThrowIfCancellationRequested();
            Told(answer.Reason);
            if (answer.Outcome == Outcome.Refused)
            {
                outlet.Refused(batch);
                return;
            }

            await WaitAsync(pause, answer.RetryAfter);
        }
    }

    /// <summary>Says once that sending fails, and once that it works again.</summary>
    private void Told(string? error)
    {
        if (error is not null && !failing) log($"writing to {destination.Name} fails: {error}");
        if (error is null && failing) log($"writing to {destination.Name} works again");
        failing = error is not null;
    }

    private async Task<Answer> AttemptAsync(SealedBatch batch)
    {
        using var limit = new CancellationTokenSource(destination.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline.Token);
        return await destination.SendAsync(batch, either.Token);
    }

    // During shutdown every pause is the shortest one. There is one at all because a write may fail immediately;
    // without a pause it would be repeated in a busy loop. What the destination asks for is heeded at all times.
    private async Task WaitAsync(TimeSpan pause, TimeSpan? retryAfter)
    {
        if (retryAfter is { } asked)
        {
            await Task.Delay(asked < LongestRetryAfter ? asked : LongestRetryAfter, clock, deadline.Token);
            return;
        }

        if (!stopping.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await Task.Delay(FirstPause, clock, deadline.Token);
    }
}
