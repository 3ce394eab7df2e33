using System.Diagnostics;
using Isobar.Local;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Kills;

/// <summary>
/// Kills runtime processes of a function while they are invoked, at random. It spares what could go beyond what the
/// application must bear: between two moves of the clock a chunk is received once, so killing in two such rounds kills
/// no chunk more than twice.
/// </summary>
internal sealed class Killer : IAsyncDisposable
{
    private const int MaxRounds = 2;

    private readonly LocalHost host;
    private readonly Random random;
    private readonly string function;
    private readonly CancellationTokenSource over = new();
    private readonly HashSet<TimeSpan> rounds = [];
    private readonly Task killing;

    /// <param name="function">The part of its name that tells it from the others.</param>
    public Killer(LocalHost host, string function, int seed)
    {
        (this.host, this.function, random) = (host, function, new Random(seed));
        killing = KillAsync(host.Journal.LastSequence);
    }

    public int Kills { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await killing;
        over.Dispose();
    }

    private async Task KillAsync(long after)
    {
        using var facts = host.Journal.Subscribe(after, buffer: 100_000);
        try
        {
            await foreach (var entry in facts.ReadAllAsync(over.Token))
                if (entry.Fact is EnvironmentStepped { To: "Invoke", From: not "Invoke" } step
                    && step.FunctionName.Contains(function, StringComparison.Ordinal))
                    await PerhapsKillAsync(step.EnvironmentId);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
    }

    private async Task PerhapsKillAsync(string environment)
    {
        var round = host.Clock.Offset;
        if (!rounds.Contains(round) && rounds.Count == MaxRounds) return;
        // The instant is the experiment: anywhere from before the first read to about the commit.
        var (spare, moment) = (random.Next(4) == 0, random.Next(150));
        if (spare) return;
        await Task.Delay(moment, over.Token);
        if (host.Clock.Offset != round) return;
        rounds.Add(round);
        var process = host.Journal.After(0).Select(entry => entry.Fact).OfType<RuntimeStarted>()
            .Last(started => started.EnvironmentId == environment).ProcessId;
        try
        {
            using var runtime = Process.GetProcessById(process);
            runtime.Kill();
            Kills++;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It had ended by itself.
        }
    }
}
