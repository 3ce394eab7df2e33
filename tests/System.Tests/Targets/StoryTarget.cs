namespace Isobar.Stories;

/// <summary>Where the stories run, by <c>ISOBAR_TARGET</c>: local, which is the default, localstack or aws.</summary>
internal static class StoryTarget
{
    private static readonly Lazy<string?> Missing = new(() => Requirements.Missing(Current, Machine.Look()));

    /// <exception cref="InvalidOperationException">ISOBAR_TARGET names no target.</exception>
    public static Target Current { get; } = Requirements.Named(Environment.GetEnvironmentVariable("ISOBAR_TARGET"));

    public static bool IsLocal => Current == Target.Local;

    /// <summary>Whether the target can be had on this machine.</summary>
    public static bool IsAvailable => Missing.Value is null;

    /// <summary>Why stories for these targets can't run; null if they can.</summary>
    public static string? WhyNot(IReadOnlyList<Target> targets) =>
        targets.Contains(Current) ? Missing.Value : Requirements.Elsewhere(Current, targets);
}
