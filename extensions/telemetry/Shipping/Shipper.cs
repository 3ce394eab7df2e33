using System.Globalization;
using Isobar.Telemetry.Batching;

namespace Isobar.Telemetry.Shipping;

/// <summary>
/// Brings batches to the object store, one at a time, again and again until it takes them. The function never waits for
/// it: what does not fit into memory meanwhile, the spool drops.
/// </summary>
/// <param name="prefix">Before the date in every key: <c>telemetry/&lt;function&gt;</c>.</param>
/// <param name="say">Tells the log when the store stops and starts taking batches.</param>
internal sealed class Shipper(
    SpoolOwner spool, IObjectStore store, string prefix, string environmentId, TimeProvider clock, Action<string> say)
{
    /// <summary>How long the store may take for one batch.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The pause after the first refusal; it doubles up to <see cref="LongestPause"/>.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource hurry = new();
    private readonly CancellationTokenSource over = new();
    private bool failing;

    /// <summary>Ships until <see cref="FinishAsync"/> has come to its end.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                while (spool.Next() is { } batch)
                {
                    await ShipAsync(batch);
                    spool.Shipped();
                }

                if (hurry.IsCancellationRequested) return;
                await spool.WaitAsync(hurry.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The environment ends now; Program says what is left.
        }
    }

    /// <summary>Ships what is held, without pauses, until nothing is left or the time is over.</summary>
    /// <param name="running">What <see cref="RunAsync"/> returned.</param>
    public async Task FinishAsync(Task running, TimeSpan bound)
    {
        over.CancelAfter(bound);
        spool.Flush();
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
            if (!failing) say($"telemetry: the bucket does not take batches: {refusal}");
            failing = true;
            await WaitAsync(pause);
        }

        if (failing) say("telemetry: the bucket takes batches again");
        failing = false;
    }

    private async Task<string?> PutAsync(string key, SealedBatch batch)
    {
        using var limit = new CancellationTokenSource(AttemptTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, over.Token);
        return await store.PutAsync(key, batch.Content, either.Token);
    }

    // In the last moments of the environment a pause is short, but it is one: a refusal may come at once.
    private async Task WaitAsync(TimeSpan pause)
    {
        if (!hurry.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, hurry.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await Task.Delay(FirstPause, clock, over.Token);
    }

    // A key is fixed when its batch is: another attempt overwrites it.
    private string Key(SealedBatch batch) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prefix}/{batch.SealedAt.UtcDateTime:yyyy'/'MM'/'dd}/{environmentId}/{batch.FirstSequence:D12}.jsonl.gz");
}
