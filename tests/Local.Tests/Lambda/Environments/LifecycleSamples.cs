using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>One example of every phase that behaves differently, and of every fact.</summary>
internal sealed class LifecycleSamples
{
    public static readonly DateTimeOffset At = new(2026, 1, 12, 15, 39, 7, TimeSpan.Zero);

    public const int Incarnation = 3;
    public const long Generation = 7;
    public const string RequestId = "6d6b5a46-3b8e-4f0a-9d61-0c1f0c7c1a11";

    private static readonly Limits Plain = new(TimeSpan.FromSeconds(3), [], TimeSpan.FromMilliseconds(5));
    private readonly Poll runtimePoll = new();
    private readonly Poll extensionPoll = new();
    private readonly Invocation invocation = new(Request(RequestId));

    public LifecycleSamples()
    {
        var extended = Plain with { Extensions = ["ext"] };
        Phase start = new Init(Plain) { StartedAt = At, Generation = Generation, Incarnation = Incarnation };
        var withExtension = start with { Limits = extended };
        var parked = new RuntimeStatus(RuntimeState.Ready, runtimePoll);
        var busy = new ExtensionStatus(
            "ext", true, ExtensionState.Running, ExtensionEvents.Invoke | ExtensionEvents.Shutdown);
        var idle = busy with { State = ExtensionState.Ready, Poll = extensionPoll };

        Phases = new()
        {
            ["Init"] = start with { Runtime = RuntimeStatus.Started },
            ["Init+ext-started"] =
                withExtension with { Extensions = [new("ext", true, ExtensionState.Started)] },
            ["Init+ext"] = withExtension with
            {
                Runtime = parked,
                Extensions = [busy with { State = ExtensionState.Registered }],
            },
            ["Ready"] = new Ready(start) { Runtime = parked },
            ["Ready+frozen"] = new Ready(start) { Runtime = parked, Frozen = true },
            ["Ready+dropped"] = new Ready(start) { Runtime = parked with { Poll = null } },
            ["Ready+empty"] = new Ready(start),
            ["Ready+ext"] = new Ready(withExtension) { Runtime = parked, Extensions = [idle] },
            ["Invoke+init"] = Open(start) with { Initializing = true, Runtime = RuntimeStatus.Started },
            ["Invoke"] = Open(start) with { Runtime = RuntimeStatus.Running },
            ["Invoke+sent"] = Open(start) with
            {
                Runtime = RuntimeStatus.ResponseSent, Answer = Answer.Success("1"u8.ToArray()),
            },
            ["Invoke+ext-busy"] = Open(withExtension) with
            {
                Runtime = parked, Answer = Answer.Success("1"u8.ToArray()), Extensions = [busy],
            },
            ["Shutdown+leaving"] = Leave(withExtension, ShutdownStage.RuntimeLeaving) with
            {
                Runtime = RuntimeStatus.Running, Extensions = [idle],
            },
            ["Shutdown+ext"] = Leave(withExtension, ShutdownStage.ExtensionsLeaving) with { Extensions = [busy] },
            ["Shutdown+killed"] = Leave(start, ShutdownStage.Killed) with
            {
                Runtime = RuntimeStatus.Running, TakenForFree = true, Waiting = invocation,
            },
            ["Shutdown+idle-before"] = Leave(start, ShutdownStage.Killed) with
            {
                Runtime = RuntimeStatus.Running, TakenForFree = true,
            },
            ["Terminated"] = new Terminated(start),
        };
        Facts = EveryFact();
    }

    public Dictionary<string, Phase> Phases { get; }

    public Dictionary<string, Fact> Facts { get; }

    public static InvocationRequest Request(string requestId, bool tail = false) =>
        new(requestId, "{}"u8.ToArray(), "arn") { LogTail = tail };

    private Dictionary<string, Fact> EveryFact() => new()
    {
        ["Invoke"] = new InvokeRequested(At, invocation),
        ["Retire"] = new RetireRequested(At),
        ["Timer"] = new TimerFired(At + TimeSpan.FromSeconds(3), Generation),
        ["Timer/stale"] = new TimerFired(At, Generation - 1),
        ["Dropped"] = new PollDropped(At, runtimePoll),
        ["Dropped/ext"] = new PollDropped(At, extensionPoll),
        ["Exited"] = new ProcessExited(At, null, new ProcessEnd(1, null)),
        ["Exited/ext"] = new ProcessExited(At, "ext", new ProcessEnd(0, null)),
        ["NotStarted"] = new StartFailed(At, null, "no such file"),
        ["NotStarted/ext"] = new StartFailed(At, "ext", "permission denied"),
        ["Next"] = new RuntimeNext(At, Incarnation, new Poll()),
        ["Next/earlier"] = new RuntimeNext(At, Incarnation - 1, new Poll()),
        ["Response"] = new RuntimeResponse(At, Incarnation, RequestId, "1"u8.ToArray()),
        ["Response/wrong-id"] = new RuntimeResponse(At, Incarnation, "other", "1"u8.ToArray()),
        ["Response/large"] =
            new RuntimeResponseFaulted(At, Incarnation, RequestId, ResponseFault.TooLarge),
        ["Response/cut"] =
            new RuntimeResponseFaulted(At, Incarnation, RequestId, ResponseFault.Truncated),
        ["Response/mode"] =
            new RuntimeResponseFaulted(At, Incarnation, RequestId, ResponseFault.InvalidMode),
        ["Error"] = new RuntimeError(At, Incarnation, RequestId, "{}"u8.ToArray(), "Runtime.Unknown"),
        ["Error/wrong-id"] = new RuntimeError(At, Incarnation, "other", "{}"u8.ToArray(), "Runtime.Unknown"),
        ["InitError"] = new RuntimeInitError(At, Incarnation, "{}"u8.ToArray(), "Runtime.Unknown"),
        ["Registered"] = new ExtensionRegistered(At, Incarnation, "ext", ExtensionEvents.Shutdown, Guid.Empty),
        ["Registered/internal"] =
            new ExtensionRegistered(At, Incarnation, "inner", ExtensionEvents.Invoke, Guid.Empty),
        ["ExtNext"] = new ExtensionNext(At, Incarnation, "ext", new Poll()),
        ["ExtFailed/init"] = new ExtensionFailed(At, Incarnation, "ext", ExtensionFault.Init, "Ext.Bad"),
        ["ExtFailed/exit"] = new ExtensionFailed(At, Incarnation, "ext", ExtensionFault.Exit, "Ext.Bad"),
    };

    private Invoke Open(Phase from) => new(from)
    {
        Invocation = invocation, StartedAt = At, Deadline = At + from.Limits.Timeout,
    };

    private static Shutdown Leave(Phase from, ShutdownStage stage) => new(from)
    {
        Reason = ShutdownReason.Failure, Stage = stage, Deadline = At + TimeSpan.FromSeconds(2),
    };
}
