namespace Isobar.Benchmarks;

/// <summary>A figure that the project has set itself.</summary>
internal static class Target
{
    /// <summary>Prints whether a target was met, and says it again for the exit code.</summary>
    public static bool Report(string target, bool met)
    {
        Console.WriteLine($"  {(met ? "met" : "MISSED")}: {target}");
        return met;
    }
}
