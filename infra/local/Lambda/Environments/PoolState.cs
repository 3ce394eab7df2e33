using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// Who gets which environment: the truth of the pool, synchronous and without a clock. One invocation at a time an
/// environment; the one used last is used first. LIFECYCLE.md says how places are shared.
/// </summary>
internal sealed partial class PoolState(PoolLimits limits) : IDecidingState<Decision>, ITimedState
{
    private readonly List<Slot> slots = [];

    // A function version is here while it has environments or invocations that wait: both are bounded.
    private readonly Dictionary<FunctionConfiguration, FunctionPlaces> functions =
        new(ReferenceEqualityComparer.Instance);

    private int waitingSynchronously;
    private int waitingInBackground;

    public int InFlight => Waiting + slots.Count(slot => slot.State is SlotState.Busy);

    public int Environments => slots.Count;

    /// <summary>Of the functions for which this is true there is one environment at a time, over all of them.</summary>
    public Predicate<FunctionConfiguration> RunsAlone { get; init; } = _ => false;

    /// <summary>Nothing starts any more.</summary>
    public bool Draining { get; private set; }

    public Effects<Decision> Effects { get; } = new();

    /// <summary>
    /// No later than the earliest instant at which an idle environment is due to retire, or time alone lets something
    /// be done for an invocation that waits. It moves to a later instant only when it has come: an invocation that
    /// waits for a moment, or an environment that is used again, arms no timer anew.
    /// </summary>
    public DateTimeOffset? NextDue { get; private set; }

    private int Waiting => waitingSynchronously + waitingInBackground;

    /// <summary>Takes an invocation.</summary>
    public void Admit(FunctionConfiguration function, Invocation invocation, DateTimeOffset now)
    {
        if (Draining)
        {
            Effects.Add(new RefuseInvocation(invocation, new HostStoppingException()));
            return;
        }

        var places = Of(function);
        var background = invocation.Request.Priority == InvocationPriority.Background;
        if (places.Waiting == 0 && places.LastUsed() is { } idle && (!background || HasRoomInBackground()))
            Occupy(idle, invocation, now);
        else if ((background ? waitingInBackground : waitingSynchronously) < limits.MaxWaiting)
            Enqueue(places, invocation, now);
        else
        {
            Forget(places);
            Effects.Add(new RefuseInvocation(invocation, new HostSaturatedException(Waiting)));
        }
    }

    /// <summary>The environment of a slot has been made.</summary>
    /// <returns>True when it is to end at once.</returns>
    public bool Started(Slot slot, ExecutionEnvironment environment)
    {
        slot.Environment = environment;
        return slot.State == SlotState.Leaving;
    }

    /// <summary>The environment of a slot could not be made: an invocation that waits for it is told.</summary>
    public void StartFailed(Slot slot, Exception reason, DateTimeOffset now)
    {
        if (slot.Places.Take(impatient: now, withBackground: true) is { } first)
        {
            Count(first, -1);
            Effects.Add(new RefuseInvocation(first, reason));
        }

        if (slot.IsProvisioned) slot.Places.ProvisionAfter = now + limits.ProvisionAgain;
        Ended(slot, now);
    }

    public void Answered(Slot slot, DateTimeOffset now)
    {
        if (slot.State != SlotState.Busy) return;
        slot.State = SlotState.Answered;
        slot.AnsweredAt = now;
    }

    public void BecameReady(Slot slot, DateTimeOffset now)
    {
        if (slot.State == SlotState.Leaving) return;
        var isNew = slot.ReadySince is null;
        slot.State = SlotState.Idle;
        slot.IdleSince = now;
        slot.ReadySince ??= now;
        if (!slot.IsProvisioned) LookAt(now + limits.IdleTimeout);
        if (Draining || slot.Places is { IsSuperseded: true, Waiting: 0 } || IsToGo(slot)) Retire(slot);
        if (slot.IsProvisioned && (isNew || slot.State == SlotState.Leaving)) Report(slot.Places);
        if (missing > 0) Provide(now);
        GiveOut(now);
    }

    public void Ended(Slot slot, DateTimeOffset now)
    {
        slots.Remove(slot);
        slot.Places.Slots.Remove(slot);
        Forget(slot.Places);
        if (slot.IsProvisioned) Report(slot.Places);
        Provide(now);
        GiveOut(now);
        AnnounceWhenEmpty();
    }

    /// <summary>Retires what has been idle for too long, and does what time lets be done for what waits.</summary>
    public void OnDue(DateTimeOffset now)
    {
        NextDue = null;
        foreach (var slot in slots)
        {
            if (slot.State != SlotState.Idle || slot.IsProvisioned) continue;
            var due = slot.IdleSince + limits.IdleTimeout;
            if (due <= now) Retire(slot);
            else LookAt(due);
        }

        if (missing > 0) Provide(now);
        GiveOut(now);
    }

    /// <summary>Refuses what waits and ends every environment.</summary>
    public void Drain()
    {
        Draining = true;
        foreach (var invocation in functions.Values.SelectMany(places => places.TakeAll()))
            Effects.Add(new RefuseInvocation(invocation, new HostStoppingException()));
        (waitingSynchronously, waitingInBackground, NextDue) = (0, 0, null);
        foreach (var slot in slots)
            if (slot.State != SlotState.Leaving) Retire(slot);
        AnnounceWhenEmpty();
    }

    private void Enqueue(FunctionPlaces places, Invocation invocation, DateTimeOffset now)
    {
        foreach (var slot in slots)
            if (slot is { State: SlotState.Idle, Places: { IsSuperseded: true, Waiting: 0 } }) Retire(slot);
        places.Add(invocation, now);
        Count(invocation, 1);
        GiveOut(now);
        if (places.IsSaturated && places.IsWaiting(invocation))
            Effects.Add(new AnnounceSaturation(places.Function.FunctionName, Waiting));
    }

    private FunctionPlaces Of(FunctionConfiguration function)
    {
        if (functions.TryGetValue(function, out var known)) return known;

        // It was deployed anew: its earlier environments finish what they do and are not used again.
        foreach (var other in functions.Values)
            if (other.Function.Arn == function.Arn && other.Function.Version == function.Version
                && !other.Function.IsProvisioned && !function.IsProvisioned)
                other.IsSuperseded = true;
        return functions[function] = new FunctionPlaces(function, RunsAlone(function));
    }

    private void Forget(FunctionPlaces places)
    {
        if (places is { Slots.Count: 0, Waiting: 0, Provisioned: 0 }) functions.Remove(places.Function);
    }

    private void Count(Invocation invocation, int change)
    {
        if (invocation.Request.Priority == InvocationPriority.Synchronous) waitingSynchronously += change;
        else waitingInBackground += change;
    }

    private void Occupy(Slot slot, Invocation invocation, DateTimeOffset now)
    {
        slot.State = SlotState.Busy;
        slot.Places.ServedAt = now;
        slot.Background = invocation.Request.Priority == InvocationPriority.Background;
        Effects.Add(new AssignEnvironment(slot, invocation));
    }

    private void Retire(Slot slot)
    {
        slot.State = SlotState.Leaving;
        Effects.Add(new RetireEnvironment(slot));
    }

    private void AnnounceWhenEmpty()
    {
        if (Draining && slots.Count == 0) Effects.Add(new AnnounceEmpty());
    }

    private void LookAt(DateTimeOffset instant)
    {
        if (!(NextDue <= instant)) NextDue = instant;
    }
}
