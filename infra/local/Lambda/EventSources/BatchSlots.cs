namespace Isobar.Local.Lambda.EventSources;

/// <summary>
/// How many batches of one mapping may be under way: few at first, more while all are used, fewer after function
/// errors. A part of <see cref="MappingState"/>.
/// </summary>
/// <remarks>
/// AWS scales by what waits in the queue; here it is by how long every slot has been used, because the environments of
/// the host bound the work in any case. Source of the numbers: <see cref="MappingLimits"/>.
/// </remarks>
internal sealed class BatchSlots(int maximum)
{
    private bool isWanted;
    private DateTimeOffset? allUsedSince;

    /// <summary>Batches that may be under way now.</summary>
    public int Limit { get; private set; } = Math.Min(MappingLimits.InitialConcurrency, maximum);

    public int InUse { get; private set; }

    /// <summary>When there is another slot for the next batch, if none becomes free earlier.</summary>
    public DateTimeOffset? NextDue { get; private set; }

    /// <summary>Takes a slot, or notes that one is wanted.</summary>
    /// <returns>False when there is none: ask again when one was left or <see cref="NextDue"/> has come.</returns>
    public bool TryEnter(DateTimeOffset now)
    {
        if (InUse >= Limit)
        {
            allUsedSince ??= now;
            NextDue = Limit < maximum ? allUsedSince + MappingLimits.ConcurrencyStepTime : null;
            isWanted = true;
            if (NextDue <= now) OnDue(now);
            if (InUse >= Limit) return false;
        }

        InUse++;
        // A batch that waited for its slot found all of them used.
        if (!isWanted) allUsedSince = null;
        isWanted = false;
        NextDue = null;
        return true;
    }

    /// <summary>Gives a slot back.</summary>
    /// <param name="backOff">The function failed as a whole, so fewer batches should reach it at a time.</param>
    public void Leave(bool backOff)
    {
        InUse--;
        if (backOff) Limit = Math.Max(Math.Min(MappingLimits.LeastConcurrency, maximum), Limit / 2);
        // The batch that waits for messages holds a slot too: one in use means that nothing runs.
        else if (InUse <= 1 && !isWanted) Limit = Math.Min(MappingLimits.InitialConcurrency, maximum);
    }

    /// <summary>Adds slots after a time of full use.</summary>
    public void OnDue(DateTimeOffset now)
    {
        NextDue = null;
        allUsedSince = now;
        Limit = Math.Min(Limit + MappingLimits.ConcurrencyStep, maximum);
    }
}
