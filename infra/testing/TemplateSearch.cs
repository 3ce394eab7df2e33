namespace Isobar.Local.Testing;

/// <summary>Finds the template of a test project, and which build its functions run.</summary>
internal static class TemplateSearch
{
    /// <param name="path">Absolute, or relative to the nearest folder that has it.</param>
    /// <param name="output">The folder of the tests' output.</param>
    public static string Find(string path, string output)
    {
        for (var folder = new DirectoryInfo(output); folder is not null; folder = folder.Parent)
            if (Path.GetFullPath(Path.Combine(folder.FullName, path)) is var file && File.Exists(file)) return file;
        throw new FileNotFoundException($"There is no {path} in {output} or a folder above it.", path);
    }

    /// <summary><c>Release</c> where the output is in a folder of that name, as MSBuild's layouts have it.</summary>
    public static string ConfigurationOf(string output) =>
        output.Split(Path.DirectorySeparatorChar).Any(part =>
            part.Equals("Release", StringComparison.OrdinalIgnoreCase)
            || part.StartsWith("release_", StringComparison.OrdinalIgnoreCase))
                ? "Release"
                : "Debug";
}
