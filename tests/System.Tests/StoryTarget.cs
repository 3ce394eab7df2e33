[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Isobar.Stories;

/// <summary>
/// Where the stories run, by <c>ISOBAR_TARGET</c>. Another target is another way to come to a
/// <see cref="DeployedStack"/> and to let time pass there.
/// </summary>
internal static class StoryTarget
{
    private const string Local = "local";

    private static string Name =>
        Environment.GetEnvironmentVariable("ISOBAR_TARGET") is { Length: > 0 } name ? name : Local;

    public static bool IsLocal => Name == Local;

    /// <summary>Skips what only the local host can show, or what no other target runs yet.</summary>
    public static void RequireLocal()
    {
        if (!IsLocal) Assert.Skip($"ISOBAR_TARGET is '{Name}'; these stories run on '{Local}' only.");
    }
}
