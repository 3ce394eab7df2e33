namespace Isobar.Local.Services.Kinesis;

/// <summary>
/// Counts what a shard takes or gives in a second of service time. What is more than a second's share makes the window
/// longer: after five times the share nothing more is given for five seconds.
/// </summary>
/// <remarks>
/// Source: Amazon Kinesis Data Streams API Reference, GetRecords, for the answer that is larger than a second's share.
/// </remarks>
internal sealed class RateWindow(long perSecond)
{
    private DateTimeOffset end;
    private DateTimeOffset start;
    private long used;

    /// <summary>Whether anything of the share is left.</summary>
    public bool IsOpen(DateTimeOffset now)
    {
        Advance(now);
        return used < perSecond;
    }

    /// <summary>Whether an amount is within what is left; the first of a second always is.</summary>
    public bool Fits(long amount, DateTimeOffset now)
    {
        Advance(now);
        return used == 0 || used + amount <= perSecond;
    }

    public void Take(long amount, DateTimeOffset now)
    {
        Advance(now);
        used += amount;
        end = start + TimeSpan.FromSeconds(Math.Max(1, (double)used / perSecond));
    }

    private void Advance(DateTimeOffset now)
    {
        if (now < end) return;
        (start, end, used) = (now, now + TimeSpan.FromSeconds(1), 0);
    }
}
