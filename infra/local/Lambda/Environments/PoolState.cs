using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>What the pool knows of one environment.</summary>
internal sealed class Slot(FunctionConfiguration function)
{
    public FunctionConfiguration Function { get; } = function;

    public SlotState State { get; set; } = SlotState.Busy;

    /// <summary>When it last became idle, in service time.</summary>
    public DateTimeOffset IdleSince { get; set; }

    /// <summary>Null until it has been made.</summary>
    public ExecutionEnvironment? Environment { get; set; }

    /// <summary>Counts as work from an invocation until the environment is idle again, or over.</summary>
    public Activity.Lease? Work { get; set; }
}

internal enum SlotState
{
    Busy,

    /// <summary>Its caller has the answer; the runtime is about to ask for the next event.</summary>
    Answered,
    Idle,

    /// <summary>Told to end; it holds its place until its last process is gone.</summary>
    Leaving,
}

/// <summary>What the pool is to do.</summary>
internal abstract record Decision;

/// <summary>Start an environment in a new slot, for this invocation.</summary>
internal sealed record StartEnvironment(Slot Slot, Invocation Invocation) : Decision;

/// <summary>Give the invocation to an idle environment.</summary>
internal sealed record AssignEnvironment(Slot Slot, Invocation Invocation) : Decision;

internal sealed record RetireEnvironment(Slot Slot) : Decision;

internal sealed record RefuseInvocation(Invocation Invocation, HostUnavailableException Reason) : Decision;

/// <summary>An invocation begins to wait because every place is taken and busy.</summary>
internal sealed record AnnounceSaturation(string FunctionName, int Waiting) : Decision;

/// <summary>
/// Who gets which environment: the truth of the pool, synchronous and without a clock. One invocation at a time an
/// environment; the one used last is used first; at the bound the least recently used idle one makes room.
/// </summary>
internal sealed class PoolState(int maxEnvironments, int maxWaiting, TimeSpan idleTimeout, TimeSpan answeredGrace)
{
    private readonly List<Slot> slots = [];
    private readonly LinkedList<Waiter> waiting = [];

    // One entry a function version that was ever invoked: the template bounds them.
    private readonly Dictionary<(string Arn, string Version), FunctionConfiguration> newest = [];
    private DateTimeOffset? armed;

    // The first waiter that is left has no environment, and none could be made free for it.
    private bool saturated;

    public int InFlight => waiting.Count + slots.Count(slot => slot.State is SlotState.Busy);

    public int Environments => slots.Count;

    /// <summary>Of the functions for which this is true there is one environment at a time, over all of them.</summary>
    public Predicate<FunctionConfiguration> RunsAlone { get; init; } = _ => false;

    /// <summary>Nothing starts any more.</summary>
    public bool Draining { get; private set; }

    /// <summary>
    /// The earliest instant at which an idle environment is due to retire, or a waiter's grace is over.
    /// </summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? due = null;
            foreach (var slot in slots)
                if (slot.State == SlotState.Idle) due = Earlier(due, slot.IdleSince + idleTimeout);
            foreach (var waiter in waiting)
                if (!waiter.GraceIsOver) due = Earlier(due, waiter.GraceUntil);
            return due;
        }
    }

    /// <summary>The instant to arm the pool's timer for, if it is earlier than the one it is armed for.</summary>
    public DateTimeOffset? TakeDue() => NextDue is { } due && !(armed <= due) ? armed = due : null;

    /// <summary>The environment of a slot has been made.</summary>
    /// <returns>True when it is to end at once.</returns>
    public bool Started(Slot slot, ExecutionEnvironment environment)
    {
        slot.Environment = environment;
        return slot.State == SlotState.Leaving;
    }

    /// <summary>Takes an invocation.</summary>
    public List<Decision> Admit(FunctionConfiguration function, Invocation invocation, DateTimeOffset now)
    {
        var decisions = new List<Decision>();
        if (Draining) return [new RefuseInvocation(invocation, new HostStoppingException())];
        if (waiting.Count == 0 && LastUsed(function) is { } idle)
        {
            idle.State = SlotState.Busy;
            return [new AssignEnvironment(idle, invocation)];
        }

        if (waiting.Count >= maxWaiting)
            return [new RefuseInvocation(invocation, new HostSaturatedException(waiting.Count))];
        newest[(function.Arn, function.Version)] = function;
        foreach (var slot in slots)
            if (slot.State == SlotState.Idle && IsSuperseded(slot)) Retire(slot, decisions);
        var waiter = new Waiter(function, invocation, now + answeredGrace);
        waiting.AddLast(waiter);
        Dispatch(decisions);
        if (saturated && waiting.Last?.Value == waiter)
            decisions.Add(new AnnounceSaturation(function.FunctionName, waiting.Count));
        return decisions;
    }

    public void Answered(Slot slot)
    {
        if (slot.State == SlotState.Busy) slot.State = SlotState.Answered;
    }

    public List<Decision> BecameReady(Slot slot, DateTimeOffset now)
    {
        var decisions = new List<Decision>();
        if (slot.State == SlotState.Leaving) return decisions;
        slot.State = SlotState.Idle;
        slot.IdleSince = now;
        if (Draining || IsSuperseded(slot)) Retire(slot, decisions);
        Dispatch(decisions);
        return decisions;
    }

    public List<Decision> Ended(Slot slot)
    {
        var decisions = new List<Decision>();
        slots.Remove(slot);
        Dispatch(decisions);
        return decisions;
    }

    /// <summary>
    /// Retires what has been idle for too long, and stops waiting for what did not become free in time.
    /// </summary>
    public List<Decision> OnDue(DateTimeOffset now)
    {
        armed = null;
        var decisions = new List<Decision>();
        foreach (var slot in slots)
            if (slot.State == SlotState.Idle && slot.IdleSince + idleTimeout <= now) Retire(slot, decisions);
        foreach (var waiter in waiting) waiter.GraceIsOver |= waiter.GraceUntil <= now;
        Dispatch(decisions);
        return decisions;
    }

    /// <summary>Refuses what waits and ends every environment.</summary>
    public List<Decision> Drain()
    {
        Draining = true;
        var decisions = new List<Decision>();
        foreach (var waiter in waiting)
            decisions.Add(new RefuseInvocation(waiter.Invocation, new HostStoppingException()));
        waiting.Clear();
        foreach (var slot in slots)
            if (slot.State != SlotState.Leaving) Retire(slot, decisions);
        return decisions;
    }

    /// <summary>
    /// Serves the waiting invocations, first come first served, with what is free or can be made free.
    /// </summary>
    private void Dispatch(List<Decision> decisions)
    {
        saturated = false;
        if (waiting.Count == 0) return;
        var aboutToBeFree = slots
            .Where(slot => slot.State == SlotState.Answered).Select(slot => slot.Function).ToList();
        var leaving = slots.Count(slot => slot.State == SlotState.Leaving);
        for (var node = waiting.First; node is not null;)
        {
            var (waiter, next) = (node.Value, node.Next);
            if (Serve(waiter, aboutToBeFree, ref leaving, decisions)) waiting.Remove(node);
            else if (saturated) return;
            node = next;
        }
    }

    private bool Serve(
        Waiter waiter, List<FunctionConfiguration> aboutToBeFree, ref int leaving, List<Decision> decisions)
    {
        if (LastUsed(waiter.Function) is { } idle)
        {
            idle.State = SlotState.Busy;
            decisions.Add(new AssignEnvironment(idle, waiter.Invocation));
            return true;
        }

        if (!waiter.GraceIsOver && aboutToBeFree.Remove(waiter.Function)) return false;
        if (IsKeptOut(waiter.Function, decisions)) return false;
        if (slots.Count < maxEnvironments)
        {
            var slot = new Slot(waiter.Function);
            slots.Add(slot);
            decisions.Add(new StartEnvironment(slot, waiter.Invocation));
            return true;
        }

        // Each place that is being vacated is promised to one waiter.
        waiter.GraceIsOver = true;
        if (leaving-- > 0) return false;
        if (LeastRecentlyUsed() is { } unused) Retire(unused, decisions);
        else saturated = true;
        return false;
    }

    /// <summary>Whether another environment must end first; one that is idle is told to.</summary>
    private bool IsKeptOut(FunctionConfiguration function, List<Decision> decisions)
    {
        if (!RunsAlone(function) || slots.Find(slot => RunsAlone(slot.Function)) is not { } other) return false;
        if (other.State == SlotState.Idle) Retire(other, decisions);
        return true;
    }

    private Slot? LastUsed(FunctionConfiguration function)
    {
        Slot? found = null;
        foreach (var slot in slots)
        {
            if (slot.State == SlotState.Idle && ReferenceEquals(slot.Function, function)
                && (found is null || slot.IdleSince > found.IdleSince)) found = slot;
        }

        return found;
    }

    private Slot? LeastRecentlyUsed() =>
        slots.Where(slot => slot.State == SlotState.Idle).MinBy(slot => slot.IdleSince);

    // The function was deployed anew: its earlier environments finish what they do and are not used again.
    private bool IsSuperseded(Slot slot) =>
        newest.TryGetValue((slot.Function.Arn, slot.Function.Version), out var function)
        && !ReferenceEquals(function, slot.Function);

    private static void Retire(Slot slot, List<Decision> decisions)
    {
        slot.State = SlotState.Leaving;
        decisions.Add(new RetireEnvironment(slot));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? due, DateTimeOffset other) =>
        due is { } known && known <= other ? known : other;

    private sealed class Waiter(FunctionConfiguration function, Invocation invocation, DateTimeOffset graceUntil)
    {
        public FunctionConfiguration Function { get; } = function;

        public Invocation Invocation { get; } = invocation;

        public DateTimeOffset GraceUntil { get; } = graceUntil;

        public bool GraceIsOver { get; set; }
    }
}
