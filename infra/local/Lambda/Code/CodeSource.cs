namespace Isobar.Local.Lambda.Code;

/// <summary>Where the build puts what a template's <c>CodeUri</c> names.</summary>
/// <param name="root">The repository's folder: the one that holds <c>artifacts</c>.</param>
/// <param name="configuration">The build configuration, <c>Debug</c> or <c>Release</c>.</param>
internal sealed class CodeSource(string root, string configuration)
{
    /// <summary>Maps <c>functions/Intake</c> to <c>artifacts/bin/Intake/debug</c>.</summary>
    /// <exception cref="CodeMissingException">The path is no function's folder, or it has not been built.</exception>
    public string Resolve(string codeUri)
    {
        if (codeUri.TrimEnd('/').Split('/') is not [.. ["functions"] or [".", "functions"], var name]
            || name is "" or "..")
            throw new CodeMissingException($"CodeUri {codeUri} must be functions/<Name>");
        var output = Path.Combine(root, "artifacts", "bin", name, configuration.ToLowerInvariant());
        return Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()
            ? output
            : throw new CodeMissingException(
                $"CodeUri {codeUri} has not been built: there is nothing in {Path.GetRelativePath(root, output)}. "
                + $"Run: dotnet build functions/{name} -c {configuration}");
    }
}

/// <summary>A function's code is not where it should be; the message says what to do.</summary>
internal sealed class CodeMissingException(string message) : Exception(message);
