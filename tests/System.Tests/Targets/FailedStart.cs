namespace Isobar.Stories;

/// <summary>The error of a container that did not get ready: the first thing that went wrong comes first.</summary>
internal static class FailedStart
{
    /// <summary>Takes the container's log and disposes of it, whatever of that fails, too.</summary>
    /// <param name="name">The image, as it was asked for.</param>
    /// <param name="first">What went wrong at the start; the inner exception of the answer.</param>
    public static async Task<InvalidOperationException> EndAsync(
        string name, Exception first, Func<Task<string>> log, Func<Task> dispose)
    {
        var lines = new List<string> { $"{name} did not get ready: {first.Message}" };
        lines.Add(await TryAsync(async () => $"Its log ends with:\n{await log()}", "It has no log"));
        lines.Add(await TryAsync(async () =>
        {
            await dispose();
            return "";
        }, "Removing it failed as well"));
        return new InvalidOperationException(
            string.Join('\n', lines.Where(line => line.Length > 0)), first);
    }

    private static async Task<string> TryAsync(Func<Task<string>> attempt, string failed)
    {
        try
        {
            return await attempt();
        }
        catch (Exception e)
        {
            return $"{failed}: {e.Message}";
        }
    }
}
