using System.Globalization;

namespace Isobar.Stories.HostLife;

/// <summary>
/// What <c>/proc</c> says about processes; they are nobody's children here, so there is no event to wait on.
/// </summary>
internal static class ProcessTable
{
    /// <summary>All processes below one, whatever session they are in.</summary>
    public static IReadOnlyList<int> Below(int process)
    {
        var parents = new List<(int Process, int Parent)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var id) && Fields(id) is [_, var parent, ..])
                parents.Add((id, int.Parse(parent, CultureInfo.InvariantCulture)));
        var found = new List<int>();
        for (var level = (IReadOnlyList<int>)[process]; level.Count > 0; found.AddRange(level))
            level = [.. parents.Where(pair => level.Contains(pair.Parent)).Select(pair => pair.Process)];
        return found;
    }

    /// <summary>Stopped, as an idle environment's runtime is.</summary>
    public static bool IsStopped(int process) => Fields(process) is ["T", ..];

    /// <summary>A zombie that nobody has collected yet is no running process.</summary>
    public static bool Lives(int process) => Fields(process) is not (null or ["Z" or "X", ..]);

    /// <summary>Whether a process ignores a signal, 1 to 64.</summary>
    public static bool Ignores(int process, int signal)
    {
        const string Field = "SigIgn:";
        var line = File.ReadLines($"/proc/{process}/status")
            .First(line => line.StartsWith(Field, StringComparison.Ordinal));
        var ignored = ulong.Parse(
            line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ignored >> (signal - 1) & 1) == 1;
    }

    /// <summary>Waits until a condition holds; nothing tells when it does.</summary>
    public static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        using var limit = new CancellationTokenSource(HostProcess.Bound);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, otherwise);
            await Task.Delay(10, CancellationToken.None);
        }
    }

    // From the state on: the name before it may hold anything.
    private static string[]? Fields(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
