using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Isobar.Tidy.Tests.StandIns;

/// <summary>The repository that these tests were built from, and what it says about its stand-ins.</summary>
internal static partial class Checkout
{
    public const string Revision = "99999";

    public static string Root => Repository.Root;

    public static string Feed { get; } = Path.Combine(Root, "build", "stand-ins", "feed");

    /// <summary>Package id to pin, from Directory.Packages.props.</summary>
    public static IReadOnlyDictionary<string, string> Pins { get; } = XDocument
        .Load(Path.Combine(Root, "Directory.Packages.props"))
        .Descendants("PackageVersion")
        .ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value);

    /// <summary>The ids of all stand-ins: the projects right below build/stand-ins.</summary>
    public static IReadOnlyList<string> StandIns { get; } = Directory
        .EnumerateDirectories(Path.Combine(Root, "build", "stand-ins"))
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj"))
        .Select(project => Path.GetFileNameWithoutExtension(project))
        .Order(StringComparer.Ordinal)
        .ToList();

    /// <summary>The packed stand-ins, as id and version.</summary>
    public static IReadOnlyList<(string Id, string Version)> Packed => Directory
        .EnumerateFiles(Feed, "*.nupkg")
        .Select(file => PackageFile().Match(Path.GetFileName(file)))
        .Select(match => (match.Groups["id"].Value, match.Groups["version"].Value))
        .ToList();

    /// <summary>A pin with 99999 in the place of its fourth part.</summary>
    public static string StandInVersion(string id) => $"{Version.Parse(Pins[id]).ToString(3)}.{Revision}";

    public static string Nupkg(string id) => Path.Combine(Feed, $"{id}.{StandInVersion(id)}.nupkg");

    [GeneratedRegex(@"^(?<id>.+?)\.(?<version>\d+(\.\d+)*)\.nupkg$")]
    private static partial Regex PackageFile();
}
