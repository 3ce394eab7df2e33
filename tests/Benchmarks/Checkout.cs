namespace Isobar.Benchmarks;

/// <summary>The checkout that the benchmarks were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>As it was given to the build; host, functions and the Probe were built alike.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory).Name.Equals("release", StringComparison.OrdinalIgnoreCase)
            ? "Release"
            : "Debug";

    public static string In(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>Where the build puts a project's output.</summary>
    public static string Output(string project) =>
        In("artifacts", "bin", project, Configuration.ToLowerInvariant());

    private static string Above(string folder)
    {
        var at = new DirectoryInfo(folder);
        while (!File.Exists(Path.Combine(at.FullName, "Isobar.slnx")))
            at = at.Parent ?? throw new DirectoryNotFoundException($"No checkout above {folder}.");
        return at.FullName;
    }
}
