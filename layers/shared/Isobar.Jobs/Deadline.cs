namespace Isobar.Jobs;

/// <summary>Ends the work of an invocation early enough that it can still answer.</summary>
public static class Deadline
{
    /// <summary>Cancels when no more than the margin is left; at once if that is so already.</summary>
    /// <param name="remaining">Left of the function's timeout; negative once it has passed.</param>
    public static CancellationTokenSource Before(TimeSpan remaining, TimeSpan margin) =>
        new(remaining > margin ? remaining - margin : TimeSpan.Zero);
}
