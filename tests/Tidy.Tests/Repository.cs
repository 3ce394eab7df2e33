namespace Isobar.Tidy.Tests;

/// <summary>The repository's own files, as a reader sees them.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs =
        [".git", "artifacts", "bin", "obj", "node_modules", ".aws-sam", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths below a folder, with forward slashes, from the root.</summary>
    public static IEnumerable<string> Files(string folder, string ending) =>
        Walk(new DirectoryInfo(Path.Combine(Root, folder)))
            .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
            .Where(path => path.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        !folder.Exists
            ? []
            : folder.EnumerateFiles().Concat(
                folder.EnumerateDirectories().Where(inner => !NotOurs.Contains(inner.Name)).SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Isobar.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("No Isobar.slnx above the tests.");
        return folder.FullName;
    }
}
