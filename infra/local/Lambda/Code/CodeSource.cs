namespace Isobar.Local.Lambda.Code;

/// <summary>Where the build puts what a template's <c>CodeUri</c> or <c>ContentUri</c> names.</summary>
/// <param name="root">The repository's folder: the one that holds <c>artifacts</c>.</param>
/// <param name="configuration">The build configuration, <c>Debug</c> or <c>Release</c>.</param>
internal sealed class CodeSource(string root, string configuration)
{
    /// <summary>Maps <c>functions/Intake</c> to <c>artifacts/bin/Intake/debug</c>.</summary>
    /// <exception cref="CodeMissingException">The path is no function's folder, or it has not been built.</exception>
    public ICodePackage Resolve(string codeUri)
    {
        if (codeUri.TrimEnd('/').Split('/') is not [.. ["functions"] or [".", "functions"], var name]
            || name is "" or "..")
            throw new CodeMissingException($"CodeUri {codeUri} must be functions/<Name>");
        return Built("bin", name) ?? throw new CodeMissingException(
            $"CodeUri {codeUri} has not been built: there is nothing in {Output("bin", name)}. "
            + $"Run: dotnet build functions/{name} -c {configuration}");
    }

    /// <summary>
    /// Maps <c>layers/shared</c> or <c>extensions/telemetry</c> to <c>artifacts/layers/shared/debug</c> and so on.
    /// </summary>
    /// <exception cref="CodeMissingException">The path is no layer's folder, or it has not been built.</exception>
    public ICodePackage ResolveLayer(string contentUri)
    {
        if (contentUri.TrimEnd('/').Split('/') is not
            [.. ["layers" or "extensions"] or [".", "layers" or "extensions"], var name] || name is "" or "..")
            throw new CodeMissingException($"ContentUri {contentUri} must be layers/<Name> or extensions/<Name>");
        return Built("layers", name) ?? throw new CodeMissingException(
            $"ContentUri {contentUri} has not been built: there is nothing in {Output("layers", name)}. "
            + $"Run: dotnet build {contentUri.TrimEnd('/')} -c {configuration}");
    }

    private FolderPackage? Built(string kind, string name)
    {
        var output = Path.Combine(root, Output(kind, name));
        return Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()
            ? new FolderPackage(output)
            : null;
    }

    private string Output(string kind, string name) =>
        Path.Combine("artifacts", kind, name, configuration.ToLowerInvariant());
}

/// <summary>A function's code is not where it should be; the message says what to do.</summary>
internal sealed class CodeMissingException(string message) : Exception(message);
