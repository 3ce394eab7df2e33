using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>
/// Everything around one environment, played by a seeded dice: a pool, processes that call, crash and obey signals
/// late, and timers of which the replaced ones fire too. It checks the promises as it goes.
/// </summary>
internal sealed class EnvironmentWorld
{
    private readonly Random dice;
    private readonly int seed;
    private readonly HashSet<string> processes = [];
    private readonly HashSet<string> doomed = [];
    private readonly List<ArmTimer> timers = [];
    private readonly HashSet<Invocation> open = [];
    private DateTimeOffset now = LifecycleSamples.At;
    private bool free;
    private bool retired;
    private Invocation? begun;

    public EnvironmentWorld(int seed, int externalExtensions)
    {
        this.seed = seed;
        dice = new Random(seed);
        var names = Enumerable.Range(0, externalExtensions).Select(number => $"ext{number}").ToArray();
        var limits = new Limits(TimeSpan.FromSeconds(3), names, TimeSpan.FromMilliseconds(5));
        var begin = Lifecycle.Begin(limits, now);
        Phase = begin.Next;
        Perform(begin.Effects);
    }

    public Phase Phase { get; private set; }

    public int Asked { get; private set; }

    public int Answered { get; private set; }

    public bool Ended => Phase is Terminated && processes.Count == 0;

    public void Move()
    {
        now += TimeSpan.FromMilliseconds(dice.Next(200));
        switch (dice.Next(12))
        {
            case 0 when free && !retired:
                Ask();
                break;
            case 1 when timers.Count > 0:
                FireTimer(dice.Next(timers.Count));
                break;
            case 2 when processes.Count > 0:
                Exit(processes.ElementAt(dice.Next(processes.Count)));
                break;
            case 3 when doomed.Count > 0:
                Exit(doomed.First());
                break;
            case 4 when dice.Next(40) == 0:
                Retire();
                break;
            case 5:
                Take(new PollDropped(now, Phase.Runtime.Poll ?? new Poll()));
                break;
            case >= 9 when Phase.Extensions.Count > 0 || dice.Next(8) == 0:
                ExtensionCalls();
                break;
            default:
                RuntimeCalls();
                break;
        }
    }

    /// <summary>Retires the environment, and lets only timers and the signals' consequences happen.</summary>
    public void Finish()
    {
        if (!retired) Retire();
        for (var turn = 0; turn < 50 && !Ended; turn++)
        {
            foreach (var process in doomed.ToArray()) Exit(process);
            if (timers.Count == 0) continue;
            now = timers[^1].Deadline > now ? timers[^1].Deadline : now;
            FireTimer(timers.Count - 1);
        }
    }

    private void Ask()
    {
        var invocation = new Invocation(LifecycleSamples.Request($"request-{seed}-{++Asked}", dice.Next(2) == 0));
        open.Add(invocation);
        free = false;
        Take(new InvokeRequested(now, invocation));
    }

    private void Retire()
    {
        retired = true;
        Take(new RetireRequested(now));
    }

    private void FireTimer(int index)
    {
        var timer = timers[index];
        if (timer.Generation == Phase.Generation && now < timer.Deadline) now = timer.Deadline;
        var before = Phase;
        var step = Take(new TimerFired(now, timer.Generation));
        if (timer.Generation == before.Generation) return;
        Check(step.Effects.Count == 0 && ReferenceEquals(before, Phase), "a stale timer was heard");
    }

    private void Exit(string process)
    {
        processes.Remove(process);
        doomed.Remove(process);
        Take(new ProcessExited(now, process == "" ? null : process, new ProcessEnd(dice.Next(3), null)));
    }

    private void RuntimeCalls()
    {
        if (!processes.Contains("")) return;
        var incarnation = Phase.Incarnation - (dice.Next(20) == 0 ? 1 : 0);
        var id = dice.Next(10) == 0 ? "other" : (Phase as Invoke)?.Invocation.RequestId ?? "none";
        Take(dice.Next(10) switch
        {
            < 5 => new RuntimeNext(now, incarnation, new Poll()),
            < 7 => new RuntimeResponse(now, incarnation, id, "1"u8.ToArray()),
            7 => new RuntimeError(now, incarnation, id, "{}"u8.ToArray(), "Runtime.Unknown"),
            8 => new RuntimeResponseFaulted(now, incarnation, id, (ResponseFault)dice.Next(3)),
            _ when dice.Next(4) == 0 => new RuntimeInitError(now, incarnation, "{}"u8.ToArray(), "Runtime.Unknown"),
            _ => new RuntimeNext(now, incarnation, new Poll()),
        });
    }

    private void ExtensionCalls()
    {
        var name = dice.Next(4) == 0 ? "inner" : $"ext{dice.Next(2)}";
        if (name != "inner" && !processes.Contains(name)) return;
        Take(dice.Next(12) switch
        {
            < 4 => new ExtensionRegistered(now, Phase.Incarnation, name, (ExtensionEvents)dice.Next(4), Guid.Empty),
            < 11 => new ExtensionNext(now, Phase.Incarnation, name, new Poll()),
            _ => new ExtensionFailed(now, Phase.Incarnation, name, (ExtensionFault)dice.Next(2), "Ext.Bad"),
        });
    }

    private Step Take(Fact fact)
    {
        var step = Lifecycle.Next(Phase, fact);
        Check(step.Next.Generation >= Phase.Generation, "a generation went back");
        var refused = step.Effects.Any(effect => effect is Reject);
        Check(fact is not InvokeRequested || !refused, "a free environment refused");
        Phase = step.Next;
        Perform(step.Effects);
        Check(Phase is not Terminated || processes.Count == 0, "it is over but a process is left");
        return step;
    }

    private void Perform(IReadOnlyList<Effect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case StartRuntime:
                    Check(processes.Add(""), "a second runtime was started");
                    break;
                case StartExtension start:
                    Check(processes.Add(start.Name), "a second copy of an extension was started");
                    break;
                case KillProcess kill:
                    if (processes.Contains(kill.Extension ?? "")) doomed.Add(kill.Extension ?? "");
                    break;
                case ArmTimer arm:
                    Check(timers.All(timer => timer.Generation < arm.Generation
                        || timer == arm), "a generation was used twice");
                    timers.Add(arm);
                    break;
                case WriteStart start:
                    Check(begun is null, "two invocations were open");
                    begun = start.Invocation;
                    break;
                case WriteReport report:
                    Check(begun == report.Invocation, "a report without its start");
                    begun = null;
                    break;
                case CompleteInvocation complete:
                    Check(open.Remove(complete.Invocation), "an invocation was answered twice");
                    Answered++;
                    break;
                case ReportReady:
                    Check(!free && begun is null && open.Count == 0, "it was free while an invocation was open");
                    free = true;
                    break;
            }
        }
    }

    private void Check(bool holds, string broken) =>
        Assert.True(holds, $"seed {seed}, {Phase.GetType().Name}: {broken}");
}
