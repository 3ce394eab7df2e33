namespace Isobar.Local.Tests.Deployment;

internal static class RepositoryFile
{
    /// <summary>The text of a file, by its path from the repository's top.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Where a file of the repository is.</summary>
    public static string PathOf(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "global.json"))) directory = directory.Parent;
        return Path.Combine(directory.FullName, path);
    }
}
