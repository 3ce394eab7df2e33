using System.Globalization;
using Isobar.Telemetry.Batching;

namespace Isobar.Telemetry.Shipping;

/// <summary>
/// Writes batches to the object store, one at a time, and repeats each until it is written. The function never waits
/// for this; if the buffer becomes full meanwhile, it drops lines.
/// </summary>
/// <param name="prefix">The part of every key before the date: <c>telemetry/&lt;function&gt;</c>.</param>
/// <param name="log">Called with a log message when writes begin to fail and when they work again.</param>
internal sealed class Shipper(
    SharedLineBuffer buffer, IObjectStore store, string prefix, string environmentId, TimeProvider clock,
    Action<string> log)
{
    /// <summary>Timeout of one write.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The pause after the first failure; it doubles up to <see cref="LongestPause"/>.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // The environment shuts down: ship what is left, then return.
    private readonly CancellationTokenSource stopping = new();
    // The time for that has passed: give up.
    private readonly CancellationTokenSource deadline = new();
    private bool failing;

    /// <summary>Lines of the batch that is being written; the bucket has not confirmed them.</summary>
    public int UnconfirmedLines { get; private set; }

    /// <summary>Ships batches until <see cref="FinishAsync"/> is called.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                while (buffer.Next() is { } batch)
                {
                    UnconfirmedLines = batch.Lines;
                    await ShipAsync(batch);
                    UnconfirmedLines = 0;
                    buffer.Shipped();
                }

                if (stopping.IsCancellationRequested) return;
                await buffer.WaitAsync(stopping.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
        buffer.Flush();
        await stopping.CancelAsync();
        await running;
    }

    private async Task ShipAsync(SealedBatch batch)
    {
        var key = Key(batch);
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await PutAsync(key, batch) is not { } error) break;
            deadline.Token.ThrowIfCancellationRequested();
            if (!failing) log($"telemetry: writing to the bucket fails: {error}");
            failing = true;
            await WaitAsync(pause);
        }

        if (failing) log("telemetry: writing to the bucket works again");
        failing = false;
    }

    private async Task<string?> PutAsync(string key, SealedBatch batch)
    {
        using var limit = new CancellationTokenSource(AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, deadline.Token);
        return await store.PutAsync(key, batch.Content, either.Token);
    }

    // During shutdown every pause is the shortest one. There is one at all because a write may fail immediately;
    // without a pause it would be repeated in a busy loop.
    private async Task WaitAsync(TimeSpan pause)
    {
        if (!stopping.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await Task.Delay(FirstPause, clock, deadline.Token);
    }

    // All attempts of one batch have the same key, so that a repeated write overwrites the first.
    private string Key(SealedBatch batch) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prefix}/{batch.SealedAt.UtcDateTime:yyyy'/'MM'/'dd}/{environmentId}/{batch.FirstSequence:D12}.jsonl.gz");
}
