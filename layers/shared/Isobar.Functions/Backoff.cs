namespace Isobar.Functions;

/// <summary>Waits between the tries of a call: at most 20 ms after the first, doubling up to 640 ms.</summary>
/// <param name="random">Source of the jitter: each wait is between zero and its longest.</param>
/// <param name="clock">The clock that the waits run on.</param>
/// <remarks>Source: AWS Builders' Library, "Timeouts, retries, and backoff with jitter".</remarks>
public sealed class Backoff(Random random, TimeProvider clock)
{
    private const int FirstDelayMs = 20;
    private const int MostDoublings = 5;

    /// <summary>The usual one: random jitter, on the system's clock.</summary>
    public static Backoff Usual { get; } = new(Random.Shared, TimeProvider.System);

    /// <param name="attempt">1 after the first try.</param>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        var longest = FirstDelayMs << Math.Min(attempt - 1, MostDoublings);
        return Task.Delay(TimeSpan.FromMilliseconds(longest * random.NextDouble()), clock, cancellationToken);
    }
}
