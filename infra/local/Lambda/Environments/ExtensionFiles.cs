namespace Isobar.Local.Lambda.Environments;

/// <summary>The external extensions that a function's layers bring.</summary>
/// <remarks>Source: Lambda developer guide, "Extensions API": every file in <c>/opt/extensions</c> is one.</remarks>
internal static class ExtensionFiles
{
    /// <summary>
    /// A file of this name at <c>/opt</c> switches extensions off. Source: the runtime interface emulator,
    /// <c>extensions.go</c>.
    /// </summary>
    private const string DisableFile = "disable-extensions-jwigqn8j";

    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="layers">What is at <c>/opt</c>; null when the function has no layers.</param>
    /// <returns>File names, in order; empty when extensions are switched off.</returns>
    public static IReadOnlyList<string> In(string? layers)
    {
        if (layers is null || !AreEnabled(layers)) return [];
        var folder = Path.Combine(layers, "extensions");
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Whether the Extensions API is there at all.</summary>
    public static bool AreEnabled(string? layers) =>
        layers is null || !File.Exists(Path.Combine(layers, DisableFile));

    /// <returns>Why the file can't be started, in the platform's words; null when nothing speaks against it.</returns>
    public static string? CannotStart(string file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Executable) == 0 ? "PermissionDenied" : null;
}
