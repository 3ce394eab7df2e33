namespace Isobar.Local.Edge.Handlers;

/// <summary>The interpreters of this machine that run functions at the edge.</summary>
/// <param name="Node">The Node.js executable, absolute.</param>
/// <param name="Python">The Python executable, absolute; null where there is none.</param>
internal sealed record Interpreters(string Node, string? Python)
{
    /// <param name="path">The PATH variable of the host.</param>
    /// <param name="program"><c>node</c> or <c>python3</c>.</param>
    /// <returns>The absolute path of the program, or null.</returns>
    public static string? Find(string? path, string program) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            // A shim is a script that needs variables to choose an interpreter; a handler's process has none.
            .Where(folder => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) != "shims")
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}

/// <summary>A function needs an interpreter that this machine does not have; the message is a clause that says which.
/// </summary>
internal sealed class MissingInterpreterException(string message) : Exception(message);
