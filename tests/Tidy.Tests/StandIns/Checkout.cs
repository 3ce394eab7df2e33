using System.Text.Json;
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

    /// <summary>Whether NuGet has unpacked the real package here: then no stand-in of it is packed.</summary>
    public static bool IsReal(string id) =>
        !File.Exists(Nupkg(id))
        && PackageFolders().Any(folder =>
            Directory.Exists(Path.Combine(folder, id.ToLowerInvariant(), Pins[id])));

    /// <summary>Skips a test where the real packages are; a stand-in that is missing for no reason fails it.</summary>
    public static void NeedsStandIns(params string[] ids)
    {
        if (ids.FirstOrDefault(IsReal) is { } id)
            Assert.Skip($"A NuGet source of this machine has {id} {Pins[id]}, so no stand-in of it is packed.");
    }

    // Where NuGet unpacked the packages that these tests were built with.
    private static List<string> PackageFolders()
    {
        var assets = Path.Combine(Root, "artifacts", "obj", "Tidy.Tests", "project.assets.json");
        using var json = JsonDocument.Parse(File.ReadAllText(assets));
        return json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
    }

    [GeneratedRegex(@"^(?<id>.+?)\.(?<version>\d+(\.\d+)*)\.nupkg$")]
    private static partial Regex PackageFile();
}
