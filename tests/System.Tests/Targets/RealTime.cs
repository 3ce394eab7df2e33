namespace Isobar.Stories;

/// <summary>Time on a target whose clock nobody can move: it is waited for, with a bound.</summary>
internal static class RealTime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>What a story may take: cold starts in fresh containers, and five receives of a chunk.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(10);

    public static int MaxSteps => (int)(Bound / Step);

    public static Task LetPassAsync() => Task.Delay(Step);
}
