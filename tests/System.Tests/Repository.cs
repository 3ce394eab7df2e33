namespace Isobar.Stories;

/// <summary>The checkout that these stories were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>As it was given to the build of the stories; functions and host were built alike.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory).Name.Equals("release", StringComparison.OrdinalIgnoreCase)
            ? "Release"
            : "Debug";

    public static string Samples => In("samples", "data");

    /// <summary>The host's executable, in the place where the build puts it.</summary>
    public static string Host => In("artifacts", "bin", "Local", Configuration.ToLowerInvariant(), "Isobar.Local.dll");

    public static string In(params string[] path) => Path.Combine([Root, .. path]);

    private static string Above(string folder)
    {
        var at = new DirectoryInfo(folder);
        while (!File.Exists(Path.Combine(at.FullName, "Isobar.slnx")))
            at = at.Parent ?? throw new DirectoryNotFoundException($"No checkout above {folder}.");
        return at.FullName;
    }
}
