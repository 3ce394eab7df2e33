namespace Isobar.Local.Tests.Lambda.Processes;

/// <summary>
/// Waits until processes that are nobody's children here are gone; the kernel offers no event for that.
/// </summary>
internal static class Gone
{
    public static async Task WaitAsync(IReadOnlyList<int> processes, TimeSpan bound)
    {
        using var limit = new CancellationTokenSource(bound);
        while (processes.Where(Lives).ToArray() is [_, ..] left)
        {
            Assert.False(limit.IsCancellationRequested, $"still there after {bound}: {string.Join(", ", left)}");
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>A zombie that nobody has collected yet is no running process.</summary>
    public static bool Lives(int process) => State(process) is not (null or 'Z' or 'X');

    /// <summary>
    /// The state letter of <c>/proc/…/stat</c>: R, S, T for stopped, Z for a zombie; null when there is none.
    /// </summary>
    public static char? State(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1][0];
        }
        catch (Exception gone) when (gone is IOException)
        {
            return null;
        }
    }
}
