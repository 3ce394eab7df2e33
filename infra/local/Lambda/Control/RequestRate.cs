namespace Isobar.Local.Lambda.Control;

/// <summary>
/// Limits synchronous requests to ten a second for each unit of concurrency. What was not used for up to a second may
/// be used at once. Owned by the registry's monitor.
/// </summary>
internal sealed class RequestRate
{
    private double left;
    private DateTimeOffset at = DateTimeOffset.MinValue;

    /// <summary>Takes one request.</summary>
    /// <param name="concurrency">Of the account, or of a function's reservation.</param>
    /// <returns>False when it comes too soon.</returns>
    public bool TryTake(int concurrency, DateTimeOffset now)
    {
        var aSecond = (double)concurrency * AccountLimits.RequestsForEachConcurrency;
        var passed = at == DateTimeOffset.MinValue ? 1 : (now - at).TotalSeconds;
        left = Math.Min(aSecond, left + passed * aSecond);
        at = now;
        if (left < 1) return false;
        left--;
        return true;
    }
}
