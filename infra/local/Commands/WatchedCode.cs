using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;

namespace Isobar.Local.Commands;

/// <summary>
/// What is built into a host's stack: projects, folders that are packages themselves, and the template.
/// </summary>
/// <param name="Projects">Of functions and layers.</param>
/// <param name="Folders">Watched with all folders in them.</param>
/// <param name="Files">Watched alone: the template, and what builds read above the projects.</param>
internal sealed record WatchedCode(
    string Root, string Configuration, IReadOnlyList<SourceProject> Projects, IReadOnlyList<string> Folders,
    IReadOnlyList<string> Files)
{
    private static readonly string[] Shared =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json"];

    public static async Task<WatchedCode> ReadAsync(LocalHost host, CancellationToken cancellationToken)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(host.Options.RepositoryRoot));
        var places = (await host.ReadCodeAsync(cancellationToken))
            .Select(code => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, code.Folder))))
            .Where(Directory.Exists).Distinct().ToList();
        var projects = places
            .SelectMany(place => Directory.GetFiles(place, "*.??proj")).Select(SourceProject.Read).ToList();
        string[] folders = [.. places.Concat(projects.SelectMany(project => project.Sources)).Distinct()];
        string?[] templates = [host.Options.TemplateFile, host.Options.ParametersFile];
        return new WatchedCode(
            root, host.Options.Configuration, projects, folders,
            [.. templates.OfType<string>().Select(Path.GetFullPath), .. folders.SelectMany(Above(root)).Distinct()]);
    }

    public bool HasSameFolders(WatchedCode other) =>
        Folders.Order().SequenceEqual(other.Folders.Order()) && Files.Order().SequenceEqual(other.Files.Order());

    public SourceWatch Watch() => new(Folders, Files, TimeProvider.System);

    /// <summary>Builds the projects that use what was saved.</summary>
    /// <param name="saved">Absolute; empty for everything.</param>
    /// <returns>What a build that failed printed; null when all succeeded.</returns>
    public async Task<string?> BuildAsync(IReadOnlyCollection<string> saved, CancellationToken cancellationToken)
    {
        var all = saved.Count == 0 || saved.Any(path => Shared.Contains(Path.GetFileName(path)));
        var affected = Projects.Where(project => all || saved.Any(project.Uses)).ToList();
        // A file of one project alone: what that one refers to is as it was built.
        if (!all && affected is [var only] && saved.Where(only.Uses).All(only.IsOwn)
            && saved.All(path => path != only.File))
            return await ApplicationBuild.ErrorsAloneAsync(only.File, Configuration, cancellationToken);
        if (affected.Count > 0 && ApplicationBuild.HasApplication(Root))
            return await ApplicationBuild.ErrorsOfApplicationAsync(Root, Configuration, cancellationToken);
        foreach (var project in affected)
        {
            if (await ApplicationBuild.ErrorsOfAsync(project.Folder, project.File, Configuration, cancellationToken)
                is { } errors) return errors;
        }

        return null;
    }

    /// <summary>Compiles one of the projects, whatever it is, for nothing.</summary>
    /// <remarks>Its errors are told when it is built.</remarks>
    public Task CompileAsync(string folder, CancellationToken cancellationToken) => Projects is [var any, ..]
        ? ApplicationBuild.CompileAsync(any.File, Configuration, folder, cancellationToken)
        : Task.CompletedTask;

    private static Func<string, IEnumerable<string>> Above(string root) => folder =>
    {
        var found = new List<string>();
        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            found.AddRange(Shared.Select(name => Path.Combine(above, name)).Where(File.Exists));
            if (above == root) break;
        }

        return found;
    };
}
