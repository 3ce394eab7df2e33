using System.Globalization;
using Isobar.Telemetry.Batching;

namespace Isobar.Telemetry.Shipping;

/// <summary>
/// Writes batches to the object store, one at a time, and repeats each until it is written. The function never waits
/// for this; the buffer drops what does not fit into its memory meanwhile.
/// </summary>
/// <param name="prefix">The part of every key before the date: <c>telemetry/&lt;function&gt;</c>.</param>
/// <param name="say">Logs when the store starts to fail and when it works again.</param>
internal sealed class Shipper(
    SharedLineBuffer buffer, IObjectStore store, string prefix, string environmentId, TimeProvider clock,
    Action<string> say)
{
    /// <summary>Timeout of one write.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The pause after the first failure; it doubles up to <see cref="LongestPause"/>.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource hurry = new();
    private readonly CancellationTokenSource over = new();
    private bool failing;

    /// <summary>Ships until <see cref="FinishAsync"/> ends it.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                while (buffer.Next() is { } batch)
                {
                    await ShipAsync(batch);
                    buffer.Shipped();
                }

                if (hurry.IsCancellationRequested) return;
                await buffer.WaitAsync(hurry.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The time is over; Program logs how many lines are left.
        }
    }

    /// <summary>Ships what is buffered, until nothing is left or the time is over.</summary>
    /// <param name="running">What <see cref="RunAsync"/> returned.</param>
    public async Task FinishAsync(Task running, TimeSpan bound)
    {
        over.CancelAfter(bound);
        buffer.Flush();
        await hurry.CancelAsync();
        await running;
    }

    private async Task ShipAsync(SealedBatch batch)
    {
        var key = Key(batch);
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await PutAsync(key, batch) is not { } refusal) break;
            over.Token.ThrowIfCancellationRequested();
            if (!failing) say($"telemetry: writing to the bucket fails: {refusal}");
            failing = true;
            await WaitAsync(pause);
        }

        if (failing) say("telemetry: writing to the bucket works again");
        failing = false;
    }

    private async Task<string?> PutAsync(string key, SealedBatch batch)
    {
        using var limit = new CancellationTokenSource(AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, over.Token);
        return await store.PutAsync(key, batch.Content, either.Token);
    }

    // During shutdown the pause is short. It is needed, because a failure may come at once.
    private async Task WaitAsync(TimeSpan pause)
    {
        if (!hurry.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await Task.Delay(FirstPause, clock, over.Token);
    }

    // The same for each attempt, so that a repeated write overwrites the first.
    private string Key(SealedBatch batch) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prefix}/{batch.SealedAt.UtcDateTime:yyyy'/'MM'/'dd}/{environmentId}/{batch.FirstSequence:D12}.jsonl.gz");
}
