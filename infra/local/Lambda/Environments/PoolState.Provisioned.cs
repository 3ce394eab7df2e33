namespace Isobar.Local.Lambda.Environments;

internal sealed partial class PoolState
{
    private long provisionedNumber;

    // Provisioned environments that are to be there and are not.
    private int missing;

    /// <summary>Says which environments are to be there whether they are used or not.</summary>
    public void Provision(ProvisionedPlaces wanted, DateTimeOffset now)
    {
        if (wanted.Number <= provisionedNumber || Draining) return;
        provisionedNumber = wanted.Number;
        foreach (var places in functions.Values) places.Provisioned = 0;
        foreach (var (function, count) in wanted.Places) Of(function).Provisioned = count;
        foreach (var places in functions.Values.Where(places => places.Function.IsProvisioned).ToArray())
        {
            RetireSurplus(places);
            Report(places);
            Forget(places);
        }

        Provide(now);
        GiveOut(now);
    }

    /// <summary>The processes of an environment ended when they should not have.</summary>
    /// <param name="inInit">During its init phase.</param>
    public void Broke(Slot slot, bool inInit, DateTimeOffset now)
    {
        if (!slot.IsProvisioned) return;
        slot.IsBroken = true;
        if (!inInit) return;
        slot.Places.ProvisionAfter = now + limits.ProvisionAgain;
        Effects.Add(new ReportInitFailed(slot.Function));
    }

    // What is at work is told when it has ended.
    private void RetireSurplus(FunctionPlaces places)
    {
        var surplus = places.Held - places.Provisioned;
        foreach (var slot in places.Slots)
        {
            if (surplus <= 0) return;
            if (slot.State is not (SlotState.Starting or SlotState.Idle)) continue;
            // An invocation that was promised one of them still gets it.
            if (places.Waiting > 0) return;
            Retire(slot);
            surplus--;
        }
    }

    /// <summary>Whether a provisioned environment that has just become idle is to go.</summary>
    private static bool IsToGo(Slot slot) => slot.IsProvisioned
        && (slot.IsBroken || (slot.Places.Waiting == 0 && slot.Places.Held > slot.Places.Provisioned));

    private void Report(FunctionPlaces places)
    {
        if (places.Function.IsProvisioned)
            Effects.Add(new ReportProvisioned(places.Function, places.Available));
    }

    /// <summary>
    /// Starts what is missing, as many at a time as work in the background may start. At the bound of environments an
    /// idle one of another function makes room.
    /// </summary>
    private void Provide(DateTimeOffset now)
    {
        missing = 0;
        if (provisionedNumber == 0 || Draining) return;
        foreach (var places in functions.Values)
        {
            while (places.Held < places.Provisioned && StartProvisioned(places, now))
            {
            }

            missing += Math.Max(0, places.Provisioned - places.Held);
        }
    }

    private bool StartProvisioned(FunctionPlaces places, DateTimeOffset now)
    {
        if (!IsReached(places.ProvisionAfter, now)) return false;
        var starting = 0;
        foreach (var other in slots)
        {
            if (other.State == SlotState.Leaving) starting++;
            else if (other.State == SlotState.Starting && !IsReached(other.StartedAt + limits.StartCountsFor, now))
                starting++;
        }

        if (starting >= limits.MaxStartingInBackground) return false;
        if (slots.Count < limits.MaxEnvironments)
        {
            var slot = new Slot(places, now, background: false);
            slots.Add(slot);
            places.Slots.Add(slot);
            Effects.Add(new StartEnvironment(slot));
            return true;
        }

        var idle = slots.Where(slot => slot is { State: SlotState.Idle, IsProvisioned: false })
            .MinBy(slot => slot.IdleSince);
        if (idle is not null) Retire(idle);
        return false;
    }
}
