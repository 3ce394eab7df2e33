namespace Isobar.Jobs;

/// <summary>Waits between the tries of a contended write: doubling from 20 ms, each shortened at random.</summary>
/// <param name="random">Where the jitter comes from.</param>
/// <param name="clock">What the waits pass on.</param>
public sealed class ConflictDelays(Random random, TimeProvider clock)
{
    /// <summary>Tries of one write; with the waits between, at most 0.3 s and five round trips.</summary>
    public const int Tries = 5;

    private const int FirstDelayMs = 20;

    /// <param name="attempt">1 after the first try.</param>
    public Task WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        var longest = FirstDelayMs << (attempt - 1);
        return Task.Delay(TimeSpan.FromMilliseconds(longest * random.NextDouble()), clock, cancellationToken);
    }
}
