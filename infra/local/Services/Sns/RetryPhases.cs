namespace Isobar.Local.Services.Sns;

/// <summary>
/// When SNS tries again: 3 times at once, twice after 1 s, 10 times after 1 s growing to 20 s, then every 20 s.
/// </summary>
/// <remarks>Source: Amazon SNS Developer Guide, "Amazon SNS message delivery retries", AWS managed endpoints.</remarks>
internal static class RetryPhases
{
    private const int AtOnce = 3;
    private const int BeforeBackoff = 2;
    private const int Backoff = 10;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <param name="retry">From 1.</param>
    public static TimeSpan PauseBefore(int retry) => retry switch
    {
        <= AtOnce => TimeSpan.Zero,
        <= AtOnce + BeforeBackoff => Shortest,
        <= AtOnce + BeforeBackoff + Backoff =>
            Shortest * Math.Pow(Longest / Shortest, (retry - AtOnce - BeforeBackoff - 1) / (Backoff - 1.0)),
        _ => Longest,
    };
}
