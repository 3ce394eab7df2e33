namespace Isobar.Local.Lambda.Code;

/// <summary>Finds the files that a template's <c>CodeUri</c> or <c>ContentUri</c> stands for.</summary>
/// <remarks>
/// A folder with a .NET project stands for the project's last build, as it does for <c>sam build</c>. Any other folder
/// is the package itself: the output of <c>sam build</c> or <c>dotnet publish</c>, or scripts.
/// </remarks>
/// <param name="root">The template's folder, to which the paths are relative.</param>
/// <param name="configuration">The build configuration, <c>Debug</c> or <c>Release</c>.</param>
/// <param name="build">Builds a project file before its output is taken; null to take the last build.</param>
internal sealed class CodeSource(
    string root, string configuration, Func<string, CancellationToken, Task>? build = null)
{
    /// <summary>Finds a function's code.</summary>
    /// <param name="builds">False to take the last build, whatever else is said.</param>
    /// <exception cref="CodeMissingException">There is no such folder, or its project has not been built.</exception>
    public ValueTask<ICodePackage> ResolveAsync(
        string codeUri, CancellationToken cancellationToken, bool builds = true) =>
        FindAsync("CodeUri", codeUri, builds, (folder, project) =>
            OutputFolder.Find(root, "bin", folder, project, configuration), cancellationToken);

    /// <summary>Finds a layer's content. A project lays it out in <c>artifacts/layers/[name]</c>.</summary>
    /// <exception cref="CodeMissingException">There is no such folder, or its project has not been built.</exception>
    public ValueTask<ICodePackage> ResolveLayerAsync(
        string contentUri, CancellationToken cancellationToken, bool builds = true) =>
        FindAsync("ContentUri", contentUri, builds, (folder, project) =>
            OutputFolder.Find(root, "layers", folder, project, configuration), cancellationToken);

    /// <summary>
    /// Finds the folder that an image is built from. A project lays it out in <c>artifacts/images/[name]</c>.
    /// </summary>
    /// <returns>Absolute.</returns>
    /// <exception cref="CodeMissingException">There is no such folder, or its project has not been built.</exception>
    public ValueTask<string> ResolveContextAsync(
        string context, CancellationToken cancellationToken, bool builds = true) =>
        FolderAsync("DockerContext", context, builds, (folder, project) =>
            OutputFolder.Find(root, "images", folder, project, configuration), cancellationToken);

    private async ValueTask<ICodePackage> FindAsync(
        string property, string uri, bool builds, Func<string, string?, OutputFolder> find,
        CancellationToken cancellationToken) =>
        new FolderPackage(await FolderAsync(property, uri, builds, find, cancellationToken));

    private async ValueTask<string> FolderAsync(
        string property, string uri, bool builds, Func<string, string?, OutputFolder> find,
        CancellationToken cancellationToken)
    {
        if (uri.Trim().Length == 0) uri = ".";
        // A file, as sam package makes it, would be found below to be no folder.
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, uri)));
        var project = ProjectIn(folder, property, uri);
        if (project is null && IsFilled(folder)) return folder;
        if (project is not null && build is not null && builds) await build(project, cancellationToken);
        var output = find(folder, project);
        if (output.Path is { } path && IsFilled(path)) return path;
        throw new CodeMissingException((Directory.Exists(folder), project, output.Candidates) switch
        {
            (false, _, _) => $"{property} {uri}: there is no such folder",
            (true, null, _) => $"{property} {uri}: the folder is empty",
            (_, _, { Count: > 1 } several) =>
                $"{property} {uri} has been built more than once: {string.Join(", ", several)}. "
                    + "Remove all but the one to run",
            _ => $"{property} {uri} has not been built: there is nothing in {output.Expected}. "
                + $"Run: dotnet build {uri.TrimEnd('/')} -c {configuration}",
        });
    }

    private static string? ProjectIn(string folder, string property, string uri)
    {
        if (!Directory.Exists(folder)) return null;
        string[] projects =
            [.. ((string[])["*.csproj", "*.fsproj", "*.vbproj"]).SelectMany(kind => Directory.GetFiles(folder, kind))];
        return projects.Length <= 1
            ? projects.SingleOrDefault()
            : throw new CodeMissingException($"{property} {uri} has several projects; a function is one project");
    }

    private static bool IsFilled(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();
}

/// <summary>A function's code is not where it should be; the message says what to do.</summary>
internal sealed class CodeMissingException(string message) : Exception(message);
