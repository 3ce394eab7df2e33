namespace Isobar.Local.Edge.Handlers;

/// <summary>Where Node.js is on this machine.</summary>
internal static class NodeInstallation
{
    /// <param name="path">The PATH variable of the host.</param>
    /// <returns>The absolute path of <c>node</c>, or null.</returns>
    public static string? Find(string? path) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, "node"))
            .FirstOrDefault(File.Exists);
}
