namespace Isobar.Local.Lambda.Processes;

/// <summary>The .NET installation that runs functions: the one that runs this host.</summary>
internal static class DotnetHost
{
    /// <summary>The directory that <c>DOTNET_ROOT</c> names: three above the shared framework's.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
}
