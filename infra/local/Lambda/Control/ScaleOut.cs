namespace Isobar.Local.Lambda.Control;

/// <summary>
/// Limits how fast a function gets execution environments: 1,000 in 10 s, refilled continuously; what is not used is
/// not kept for later. Counts AWS's environments by the executions under way, not those of this machine. Owned by the
/// registry's monitor.
/// </summary>
/// <remarks>Source: AWS Lambda Developer Guide, "Lambda scaling behavior".</remarks>
internal sealed class ScaleOut
{
    /// <summary>Environments that a function may get at once, when it got none for 10 s.</summary>
    public const int MaxEnvironments = 1_000;

    /// <summary>The refill.</summary>
    public const int EnvironmentsEachSecond = MaxEnvironments / 10;

    /// <summary>
    /// How long environments that are not used are taken to be there still; AWS says only "minutes". The same as for
    /// the environments of this machine.
    /// </summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(10);

    private double left = MaxEnvironments;
    private DateTimeOffset refilledAt = DateTimeOffset.MaxValue;
    private int environments;
    private DateTimeOffset allUsedAt;

    /// <summary>Finds an environment for one more execution.</summary>
    /// <param name="inFlight">Executions of the function that are under way.</param>
    /// <returns>False when the function got too many in the last seconds.</returns>
    public bool TryTake(int inFlight, DateTimeOffset now)
    {
        if (inFlight < environments && now - allUsedAt > IdleTimeout) environments = inFlight;
        if (inFlight >= environments)
        {
            if (now > refilledAt)
                left = Math.Min(MaxEnvironments, left + ((now - refilledAt).TotalSeconds * EnvironmentsEachSecond));
            refilledAt = now;
            if (left < 1) return false;
            left--;
            environments = inFlight + 1;
        }

        if (inFlight + 1 == environments) allUsedAt = now;
        return true;
    }
}
