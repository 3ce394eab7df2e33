namespace Isobar.Local.Ownership;

/// <summary>
/// State whose messages decide what is to happen outside it. It only lists that: its monitor has it performed after the
/// message, and counts it as work until then.
/// </summary>
internal interface IDecidingState<TEffect>
{
    /// <summary>Filled by messages and by <see cref="ITimedState.OnDue"/>; emptied by the monitor.</summary>
    Effects<TEffect> Effects { get; }
}

/// <summary>What messages decided, in the order in which it is to be performed. Owned by the state's monitor.</summary>
internal sealed class Effects<TEffect>
{
    private List<TEffect> decided = [];

    public void Add(TEffect effect) => decided.Add(effect);

    /// <summary>Hands over what was decided since the last time.</summary>
    public IReadOnlyList<TEffect> Take()
    {
        if (decided.Count == 0) return [];
        var taken = decided;
        decided = [];
        return taken;
    }
}
