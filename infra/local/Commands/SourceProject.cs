using System.Xml;
using System.Xml.Linq;

namespace Isobar.Local.Commands;

/// <summary>A project that a function or a layer is built from.</summary>
/// <param name="File">The project file; absolute.</param>
/// <param name="Sources">Its folder, and those of the projects that it refers to, directly or not; absolute.</param>
internal sealed record SourceProject(string File, IReadOnlyList<string> Sources)
{
    private const int MaxProjects = 1_000;

    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>Whether a file is the project's own, so that it can be built without those that it refers to.</summary>
    public bool IsOwn(string path) => IsBelow(path, Folder)
        && !Sources.Any(other => IsBelow(other, Folder) && IsBelow(path, other));

    public bool Uses(string path) => Sources.Any(folder => IsBelow(path, folder));

    /// <summary>Reads what a project refers to.</summary>
    public static SourceProject Read(string file)
    {
        var found = new List<string>();
        var open = new Queue<string>([Path.GetFullPath(file)]);
        while (open.TryDequeue(out var project) && found.Count < MaxProjects)
        {
            if (found.Contains(project)) continue;
            found.Add(project);
            foreach (var reference in References(project)) open.Enqueue(reference);
        }

        return new SourceProject(found[0], [.. found.Select(project => Path.GetDirectoryName(project)!).Distinct()]);
    }

    public static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<string> References(string project)
    {
        try
        {
            var folder = Path.GetDirectoryName(project)!;
            return [.. XDocument.Load(project).Descendants("ProjectReference")
                .Select(reference => reference.Attribute("Include")?.Value).OfType<string>()
                .Where(path => !path.Contains("$(", StringComparison.Ordinal))
                .Select(path => Path.GetFullPath(Path.Combine(folder, path.Replace('\\', '/'))))];
        }
        catch (Exception e) when (e is IOException or XmlException or UnauthorizedAccessException)
        {
            // The build says what is wrong with it.
            return [];
        }
    }
}
