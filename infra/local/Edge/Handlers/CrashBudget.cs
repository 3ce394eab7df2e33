namespace Isobar.Local.Edge.Handlers;

/// <summary>Whether a process may be started: not for a while after too many in a row ended without an
/// answer.</summary>
internal sealed class CrashBudget
{
    private int crashes;
    private DateTimeOffset pausedUntil = DateTimeOffset.MinValue;

    public bool MayStart(DateTimeOffset now) => now >= pausedUntil;

    public void RecordAnswer() => crashes = 0;

    /// <returns>True when a pause begins.</returns>
    public bool RecordCrash(DateTimeOffset now)
    {
        if (++crashes < EdgeLimits.MaxCrashesInARow) return false;
        crashes = 0;
        pausedUntil = now + EdgeLimits.CrashPause;
        return true;
    }
}
