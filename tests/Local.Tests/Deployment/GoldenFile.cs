namespace Isobar.Local.Tests.Deployment;

internal static class GoldenFile
{
    /// <summary>The text of a file below tests/golden.</summary>
    public static string Read(string path)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "global.json"))) directory = directory.Parent;
        return File.ReadAllText(Path.Combine(directory.FullName, "tests", "golden", path));
    }
}
