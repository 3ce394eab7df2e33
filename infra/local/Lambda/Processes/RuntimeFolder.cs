using System.Reflection;

namespace Isobar.Local.Lambda.Processes;

/// <summary>
/// The folder that environments see as <c>/var/runtime</c>: the assembly that calls class-library handlers.
/// </summary>
internal static class RuntimeFolder
{
    /// <summary>The assembly's file name.</summary>
    public const string Bootstrap = "Isobar.Bootstrap.dll";

    /// <summary>Writes the folder.</summary>
    /// <returns>The folder.</returns>
    public static string Create(string folder)
    {
        Directory.CreateDirectory(folder);
        using var source = Assembly.GetExecutingAssembly().GetManifestResourceStream(Bootstrap)!;
        using var target = File.Create(Path.Combine(folder, Bootstrap));
        source.CopyTo(target);
        return folder;
    }
}
