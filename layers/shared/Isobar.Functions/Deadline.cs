namespace Isobar.Functions;

/// <summary>Cancels an invocation's work while there is still time to log and to respond.</summary>
public static class Deadline
{
    private static readonly TimeSpan LeastReserve = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostReserve = TimeSpan.FromSeconds(5);

    /// <summary>A token source that cancels when only <see cref="Reserve"/> is left; at once if it is less.</summary>
    /// <param name="remaining">What is left of the function's timeout; negative once it has passed.</param>
    public static CancellationTokenSource Before(TimeSpan remaining)
    {
        var reserve = Reserve(remaining);
        return new(remaining > reserve ? remaining - reserve : TimeSpan.Zero);
    }

    /// <summary>Time reserved before the timeout: a tenth of what is left, but 1 s at least and 5 s at most.</summary>
    public static TimeSpan Reserve(TimeSpan remaining)
    {
        var tenth = remaining / 10;
        if (tenth < LeastReserve) return LeastReserve;
        return tenth > MostReserve ? MostReserve : tenth;
    }
}
