namespace Isobar.Local.Experiments;

/// <summary>Which requests say that a viewer saw a variant, and which that the viewer went on.</summary>
/// <remarks>
/// A page of the site is known by the script that only this page loads: a robot that runs no scripts is not counted,
/// and it does not matter whether the log has the URI before or after the router has rewritten it.
/// </remarks>
internal static class ExperimentPaths
{
    /// <summary>The variants, in the order of the read-out; the first one is the control.</summary>
    public static IReadOnlyList<string> Variants { get; } = ["a", "b"];

    /// <summary>The index of the variant that a viewer of this path saw; null for others.</summary>
    public static int? VariantOf(string path) => path switch
    {
        "/a/page.js" => 0,
        "/b/page.js" => 1,
        _ => null,
    };

    /// <summary>Whether the viewer went on from the home page: searched for files, or opened the jobs.</summary>
    public static bool IsConversion(string path) =>
        path == "/jobs.html" || path.StartsWith("/catalog/", StringComparison.Ordinal);
}
