using System.Diagnostics;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Telemetry;

/// <summary>
/// Kills runtime processes at random moments in or just after invocations, and notes what the log says.
/// </summary>
internal sealed class RandomKills : IAsyncDisposable
{
    private readonly Journal.Subscription facts;
    private readonly CancellationTokenSource over = new();
    private readonly Random dice;
    private readonly int oneIn;
    private readonly Dictionary<string, int> runtimes = [];
    private readonly Task following;

    /// <param name="oneIn">One invocation in so many meets a kill.</param>
    public RandomKills(Journal journal, int seed, int oneIn)
    {
        (dice, this.oneIn) = (new Random(seed), oneIn);
        facts = journal.Subscribe(journal.LastSequence, buffer: 400_000);
        following = FollowAsync();
    }

    public int Kills { get; private set; }

    /// <summary>Lines that the function wrote.</summary>
    public List<string> FunctionLines { get; } = [];

    /// <summary>Request ids of invocations that were begun.</summary>
    public List<string> Invocations { get; } = [];

    /// <summary>How many sets of processes were started.</summary>
    public int Incarnations { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await following;
        facts.Dispose();
        Assert.Equal(0, facts.Missed);
        over.Dispose();
    }

    private async Task FollowAsync()
    {
        // What is in the buffer when it is over is still read: the subscription gives it before it looks at the token.
        try
        {
            await foreach (var entry in facts.ReadAllAsync(over.Token)) Take(entry.Fact);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void Take(object fact)
    {
        switch (fact)
        {
            case LogLineWritten { Platform: false, Extension: null } line:
                FunctionLines.Add(line.Line);
                break;
            case LogLineWritten { Platform: true, RequestId: { } id } line when line.Line.StartsWith("START "):
                Invocations.Add(id);
                break;
            case RuntimeStarted started:
                runtimes[started.EnvironmentId] = started.ProcessId;
                Incarnations++;
                break;
            case EnvironmentStepped { To: "Invoke", Fact: "InvokeRequested", From: "Ready" } step
                when dice.Next(oneIn) == 0 && runtimes.TryGetValue(step.EnvironmentId, out var process):
                _ = KillAsync(process, TimeSpan.FromMilliseconds(dice.NextDouble() * 4));
                break;
        }
    }

    private async Task KillAsync(int process, TimeSpan moment)
    {
        await Task.Delay(moment);
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
