namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// Who gets which environment: the truth of the pool, synchronous and without a clock. One invocation at a time an
/// environment; the one used last is used first. LIFECYCLE.md says how places are shared.
/// </summary>
internal sealed partial class PoolState(PoolLimits limits)
{
    private readonly List<Slot> slots = [];

    // A function version is here while it has environments or invocations that wait: both are bounded.
    private readonly Dictionary<FunctionConfiguration, FunctionPlaces> functions =
        new(ReferenceEqualityComparer.Instance);

    private int waitingSynchronously;
    private int waitingInBackground;
    private DateTimeOffset? armed;

    // The earliest instant at which time alone lets something be done for an invocation that waits.
    private DateTimeOffset? lookAgain;

    public int InFlight => Waiting + slots.Count(slot => slot.State is SlotState.Busy);

    public int Environments => slots.Count;

    /// <summary>Of the functions for which this is true there is one environment at a time, over all of them.</summary>
    public Predicate<FunctionConfiguration> RunsAlone { get; init; } = _ => false;

    /// <summary>Nothing starts any more.</summary>
    public bool Draining { get; private set; }

    /// <summary>The earliest instant at which an idle environment is due to retire, or a wait may be over.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            var due = lookAgain;
            foreach (var slot in slots)
                if (slot.State == SlotState.Idle) due = Earlier(due, slot.IdleSince + limits.IdleTimeout);
            return due;
        }
    }

    private int Waiting => waitingSynchronously + waitingInBackground;

    /// <summary>The instant to arm the pool's timer for, if it is earlier than the one it is armed for.</summary>
    public DateTimeOffset? TakeDue() => NextDue is { } due && !(armed <= due) ? armed = due : null;

    /// <summary>Takes an invocation.</summary>
    public IReadOnlyList<Decision> Admit(FunctionConfiguration function, Invocation invocation, DateTimeOffset now)
    {
        if (Draining) return [new RefuseInvocation(invocation, new HostStoppingException())];
        var places = Of(function);
        var background = invocation.Request.Priority == InvocationPriority.Background;
        if (places.Waiting == 0 && places.LastUsed() is { } idle && (!background || HasRoomInBackground()))
            return [Occupy(idle, invocation, now)];
        if ((background ? waitingInBackground : waitingSynchronously) >= limits.MaxWaiting)
        {
            Forget(places);
            return [new RefuseInvocation(invocation, new HostSaturatedException(Waiting))];
        }

        var decisions = new List<Decision>();
        foreach (var slot in slots)
            if (slot is { State: SlotState.Idle, Places: { IsSuperseded: true, Waiting: 0 } }) Retire(slot, decisions);
        places.Add(invocation, now);
        Count(invocation, 1);
        GiveOut(now, decisions);
        if (places.IsSaturated && !decisions.Exists(one => one is AssignEnvironment to && to.Invocation == invocation))
            decisions.Add(new AnnounceSaturation(function.FunctionName, Waiting));
        return decisions;
    }

    /// <summary>The environment of a slot has been made.</summary>
    /// <returns>True when it is to end at once.</returns>
    public bool Started(Slot slot, ExecutionEnvironment environment)
    {
        slot.Environment = environment;
        return slot.State == SlotState.Leaving;
    }

    /// <summary>The environment of a slot could not be made: an invocation that waits for it is told.</summary>
    public IReadOnlyList<Decision> StartFailed(Slot slot, Exception reason, DateTimeOffset now)
    {
        var decisions = new List<Decision>();
        if (slot.Places.Take(impatient: now, withBackground: true) is { } first)
        {
            Count(first, -1);
            decisions.Add(new RefuseInvocation(first, reason));
        }

        Remove(slot);
        GiveOut(now, decisions);
        return decisions;
    }

    public void Answered(Slot slot, DateTimeOffset now)
    {
        if (slot.State != SlotState.Busy) return;
        slot.State = SlotState.Answered;
        slot.AnsweredAt = now;
    }

    public IReadOnlyList<Decision> BecameReady(Slot slot, DateTimeOffset now)
    {
        if (slot.State == SlotState.Leaving) return [];
        slot.State = SlotState.Idle;
        slot.IdleSince = now;
        slot.ReadySince ??= now;
        if (!Draining && Waiting == 0 && !slot.Places.IsSuperseded) return [];
        var decisions = new List<Decision>();
        if (Draining || slot.Places is { IsSuperseded: true, Waiting: 0 }) Retire(slot, decisions);
        GiveOut(now, decisions);
        return decisions;
    }

    public IReadOnlyList<Decision> Ended(Slot slot, DateTimeOffset now)
    {
        Remove(slot);
        if (Waiting == 0) return [];
        var decisions = new List<Decision>();
        GiveOut(now, decisions);
        return decisions;
    }

    /// <summary>Retires what has been idle for too long, and does what time lets be done for what waits.</summary>
    public IReadOnlyList<Decision> OnDue(DateTimeOffset now)
    {
        armed = null;
        var decisions = new List<Decision>();
        foreach (var slot in slots)
            if (slot.State == SlotState.Idle && slot.IdleSince + limits.IdleTimeout <= now) Retire(slot, decisions);
        GiveOut(now, decisions);
        return decisions;
    }

    /// <summary>Refuses what waits and ends every environment.</summary>
    public IReadOnlyList<Decision> Drain()
    {
        Draining = true;
        var decisions = new List<Decision>();
        foreach (var invocation in functions.Values.SelectMany(places => places.TakeAll()))
            decisions.Add(new RefuseInvocation(invocation, new HostStoppingException()));
        (waitingSynchronously, waitingInBackground, lookAgain) = (0, 0, null);
        foreach (var slot in slots)
            if (slot.State != SlotState.Leaving) Retire(slot, decisions);
        return decisions;
    }

    private FunctionPlaces Of(FunctionConfiguration function)
    {
        if (functions.TryGetValue(function, out var known)) return known;

        // It was deployed anew: its earlier environments finish what they do and are not used again.
        foreach (var other in functions.Values)
            if (other.Function.Arn == function.Arn && other.Function.Version == function.Version)
                other.IsSuperseded = true;
        return functions[function] = new FunctionPlaces(function, RunsAlone(function));
    }

    private void Remove(Slot slot)
    {
        slots.Remove(slot);
        slot.Places.Slots.Remove(slot);
        Forget(slot.Places);
    }

    private void Forget(FunctionPlaces places)
    {
        if (places is { Slots.Count: 0, Waiting: 0 }) functions.Remove(places.Function);
    }

    private void Count(Invocation invocation, int change)
    {
        if (invocation.Request.Priority == InvocationPriority.Synchronous) waitingSynchronously += change;
        else waitingInBackground += change;
    }

    private static AssignEnvironment Occupy(Slot slot, Invocation invocation, DateTimeOffset now)
    {
        slot.State = SlotState.Busy;
        slot.Places.ServedAt = now;
        slot.Background = invocation.Request.Priority == InvocationPriority.Background;
        return new AssignEnvironment(slot, invocation);
    }

    private static void Retire(Slot slot, List<Decision> decisions)
    {
        slot.State = SlotState.Leaving;
        decisions.Add(new RetireEnvironment(slot));
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? due, DateTimeOffset other) =>
        due is { } known && known <= other ? known : other;
}
