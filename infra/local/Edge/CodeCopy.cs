namespace Isobar.Local.Edge;

/// <summary>Copies a function's code, so that an edit does not change a version that runs.</summary>
internal static class CodeCopy
{
    /// <param name="target">A path that nothing has yet.</param>
    /// <returns>The target.</returns>
    public static string Make(string source, string target)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }
}
