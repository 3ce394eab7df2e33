namespace Isobar.Local.Lambda.Environments;

internal sealed partial class PoolState
{
    // Counted once while places are given out, and only when it is asked for.
    private int? share;

    // Places that are being vacated and not promised to a function yet.
    private int vacating;

    /// <summary>
    /// Serves the invocations that wait with what is idle, can be started or can be made free: one step after the
    /// other, each for the function that deserves it most.
    /// </summary>
    private void GiveOut(DateTimeOffset now)
    {
        if (Waiting == 0) return;
        share = null;
        vacating = slots.Count(slot => slot.State == SlotState.Leaving);
        foreach (var places in functions.Values)
            (places.Promised, places.IsServed, places.IsSaturated) = (0, false, false);
        while (MostDeserving(now) is { } places)
            if (!Assign(places, now) && !MakeRoom(places, now)) places.IsServed = true;
    }

    /// <summary>
    /// The function with a synchronous invocation, or one below its share that lost its patience, before others; then
    /// the one with the fewest environments at work; then the one that has waited longest since it was served.
    /// </summary>
    private FunctionPlaces? MostDeserving(DateTimeOffset now)
    {
        FunctionPlaces? most = null;
        (bool IsFirst, int Active, DateTimeOffset Since) best = default;
        foreach (var places in functions.Values)
        {
            if (places.IsServed || places.Waiting == 0) continue;
            var rank = (IsFirst: places.WaitingSynchronously > 0 || IsOverdue(places, now), places.Active,
                Since: places.WaitingSince);
            if (most is not null && !IsBetter(rank, best)) continue;
            (most, best) = (places, rank);
        }

        return most;

        static bool IsBetter(
            (bool IsFirst, int Active, DateTimeOffset Since) one,
            (bool IsFirst, int Active, DateTimeOffset Since) other) =>
            one.IsFirst != other.IsFirst ? one.IsFirst
            : one.Active != other.Active ? one.Active < other.Active
            : one.Since < other.Since;
    }

    private bool IsOverdue(FunctionPlaces places, DateTimeOffset now) =>
        places.Held < Share(now) && IsReached(places.WaitingSince + limits.Patience, now);

    /// <summary>Gives one invocation an idle environment of its own function.</summary>
    private bool Assign(FunctionPlaces places, DateTimeOffset now)
    {
        if (places.LastUsed() is not { } idle
            || places.Take(now - limits.Patience, HasRoomInBackground()) is not { } next) return false;
        Count(next, -1);
        Occupy(idle, next, now);
        return true;
    }

    /// <summary>Starts an environment, or has a place vacated for one, for an invocation that gets none else.</summary>
    private bool MakeRoom(FunctionPlaces places, DateTimeOffset now)
    {
        var coming = places.Coming(now - limits.AnsweredGrace) + places.Promised;
        NoteGrace(places, now);
        if (places.Waiting <= coming) return false;
        // An invocation of provisioned concurrency waits for one of its environments, while there are any.
        if (places.Function.IsProvisioned && places.Held > 0) return false;
        var synchronous = places.WaitingSynchronously > coming;
        if (IsKeptOut(places, synchronous, now) || !MayStart(places, synchronous, now)) return false;
        if (slots.Count < limits.MaxEnvironments)
        {
            var slot = new Slot(places, now, !synchronous);
            slots.Add(slot);
            places.Slots.Add(slot);
            Effects.Add(new StartEnvironment(slot));
            return true;
        }

        if (vacating > 0) vacating--;
        else if (FindToRetire(places, synchronous, now) is { } other) Retire(other);
        else
        {
            places.IsSaturated = true;
            return false;
        }

        places.Promised++;
        return true;
    }

    /// <summary>
    /// Whether another environment must end first because both run alone; one that is idle may be told to.
    /// </summary>
    private bool IsKeptOut(FunctionPlaces places, bool synchronous, DateTimeOffset now)
    {
        if (!places.RunsAlone || slots.Find(slot => slot.Places.RunsAlone) is not { } other) return false;
        if (other.State == SlotState.Idle && other.Places != places)
        {
            var least = (other.Places.Waiting, synchronous) switch
            {
                (0, true) => TimeSpan.Zero,
                (0, false) or (_, true) => limits.LeastResidency,
                _ => limits.Turn,
            };
            if (IsReached(other.ReadySince!.Value + least, now)) Retire(other);
        }

        return true;
    }

    private bool MayStart(FunctionPlaces places, bool synchronous, DateTimeOffset now)
    {
        if (!synchronous && !HasRoomInBackground())
        {
            places.IsSaturated = true;
            return false;
        }

        // A place that is promised to somebody is as good as a start.
        var starting = slots.Count(slot => slot.State == SlotState.Leaving) - vacating;
        foreach (var slot in slots)
            if (slot.State == SlotState.Starting && !IsReached(slot.StartedAt + limits.StartCountsFor, now)) starting++;
        return starting < (synchronous ? limits.MaxStarting : limits.MaxStartingInBackground);
    }

    private bool HasRoomInBackground()
    {
        var active = 0;
        foreach (var slot in slots) active += slot is { Background: true, IsActive: true } ? 1 : 0;
        return active < limits.MaxBackground;
    }

    /// <summary>The idle environment of another function that is to make room, the least recently used first.</summary>
    private Slot? FindToRetire(FunctionPlaces places, bool synchronous, DateTimeOffset now)
    {
        Slot? found = null;
        foreach (var slot in slots)
        {
            if (slot.State != SlotState.Idle || slot.IsProvisioned || slot.Places == places
                || !MakesRoom(slot, places, synchronous, now)) continue;
            if (found is null || (slot.Places.Waiting > 0, slot.IdleSince).CompareTo(
                (found.Places.Waiting > 0, found.IdleSince)) < 0) found = slot;
        }

        return found;
    }

    private bool MakesRoom(Slot slot, FunctionPlaces places, bool synchronous, DateTimeOffset now)
    {
        var isWanted = slot.Places.Waiting > 0;
        var hasNone = places.Held + places.Promised == 0;
        var isUnfair = slot.Places.Held > Share(now) && places.Held + places.Promised < Share(now);
        if (!isWanted && synchronous)
        {
            // The only environment of a function that is in use is taken when no other comes soon.
            return slot.Places.Held > 1 || !functions.Values.Any(other => other.Held > Share(now))
                || IsReached(slot.IdleSince + limits.IdleBeforeTaken, now)
                || IsReached(places.OldestSince + limits.Patience, now);
        }

        var least = isUnfair || (hasNone && (!isWanted || synchronous)) ? limits.LeastResidency
            : hasNone ? limits.Turn
            : (TimeSpan?)null;
        return (least is { } residency && IsReached(slot.ReadySince!.Value + residency, now))
            || (!isWanted && IsReached(slot.IdleSince + limits.IdleBeforeTaken, now));
    }

    /// <summary>
    /// The places that each function may have when all get what they can use, up to the same number. At least 1.
    /// </summary>
    private int Share(DateTimeOffset now)
    {
        if (share is { } known) return known;
        var used = now - limits.IdleBeforeTaken;
        var level = 1;
        while (level < limits.MaxEnvironments
            && functions.Values.Sum(places => Math.Min(places.Demand(used), level + 1)) <= limits.MaxEnvironments)
        {
            level++;
        }

        share = level;
        return level;
    }

    // The answers that are still waited for are over one after the other.
    private void NoteGrace(FunctionPlaces places, DateTimeOffset now)
    {
        foreach (var slot in places.Slots)
            if (slot.State == SlotState.Answered) IsReached(slot.AnsweredAt + limits.AnsweredGrace, now);
    }

    /// <summary>Whether an instant has come; if not, the pool looks again when it does.</summary>
    private bool IsReached(DateTimeOffset instant, DateTimeOffset now)
    {
        if (instant <= now) return true;
        LookAt(instant);
        return false;
    }
}
