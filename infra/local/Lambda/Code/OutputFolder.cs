namespace Isobar.Local.Lambda.Code;

/// <summary>
/// Where MSBuild puts what a project builds: <c>artifacts/bin/[name]/debug</c> of a folder above it, where the projects
/// use the artifacts layout, else <c>bin/Debug/[framework]</c> in its own folder.
/// </summary>
/// <param name="Path">The one output; null when there is none, or more than one.</param>
/// <param name="Expected">Where there should be one, as a message says it.</param>
/// <param name="Candidates">The outputs, relative to the template's folder, when there is more than one.</param>
internal sealed record OutputFolder(string? Path, string Expected, IReadOnlyList<string> Candidates)
{
    private const string Artifacts = "artifacts";

    /// <param name="root">The template's folder.</param>
    /// <param name="kind"><c>bin</c> for code; <c>layers</c> for what this repository's layers are laid out as.</param>
    /// <param name="folder">The folder of the project, which may be missing.</param>
    /// <param name="project">The project file; null when there is none.</param>
    public static OutputFolder Find(string root, string kind, string folder, string? project, string configuration)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(project) ?? System.IO.Path.GetFileName(folder);
        for (var above = folder; above is not null; above = System.IO.Path.GetDirectoryName(above))
        {
            var output = System.IO.Path.Combine(above, Artifacts, kind, name);
            if (!Directory.Exists(output)) continue;
            return Of(Pivots(output, configuration.ToLowerInvariant()), root, Short(root, System.IO.Path.Combine(
                output, configuration.ToLowerInvariant())));
        }

        var own = System.IO.Path.Combine(folder, "bin", configuration);
        if (kind != "bin" || Directory.Exists(System.IO.Path.Combine(root, Artifacts)))
            return new OutputFolder(
                null, System.IO.Path.Combine(Artifacts, kind, name, configuration.ToLowerInvariant()), []);
        return Of(Directory.Exists(own) ? [.. Programs(own)] : [], root, Short(root, own));
    }

    // With several target frameworks, or a runtime identifier, the folder's name goes on after an underscore.
    private static string[] Pivots(string output, string configuration) =>
        Directory.Exists(System.IO.Path.Combine(output, configuration))
            ? [System.IO.Path.Combine(output, configuration)]
            : [.. Directory.EnumerateDirectories(output, configuration + "_*").Order(StringComparer.Ordinal)];

    // bin/Debug/[framework] and bin/Debug/[framework]/[runtime identifier], not the publish folder below either.
    private static IEnumerable<string> Programs(string output) =>
        from file in Directory.EnumerateFiles(output, "*.deps.json", SearchOption.AllDirectories)
        let folder = System.IO.Path.GetDirectoryName(file)!
        where System.IO.Path.GetFileName(folder) != "publish"
        group folder by folder into one
        orderby one.Key
        select one.Key;

    private static OutputFolder Of(string[] outputs, string root, string expected) =>
        outputs is [var only]
            ? new OutputFolder(only, expected, [])
            : new OutputFolder(null, expected, [.. outputs.Select(output => Short(root, output))]);

    private static string Short(string root, string path) => System.IO.Path.GetRelativePath(root, path);
}
