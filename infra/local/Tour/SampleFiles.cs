using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Local.Tour;

/// <summary>The sample files, where they land, and what their generator planted in them.</summary>
internal static class SampleFiles
{
    private const string Broken = ".broken.csv.gz";

    /// <summary>
    /// The files to seed: all but the good version of a broken one, which comes later under the same key.
    /// </summary>
    public static IEnumerable<string> In(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.csv*").Order(StringComparer.Ordinal)
        where IsBroken(file) || !File.Exists(BrokenTwin(file))
        select file;

    /// <summary>The file whose gzip has a wrong checksum.</summary>
    public static string BrokenIn(string folder) => In(folder).Single(IsBroken);

    /// <summary>The file that a broken one should have been.</summary>
    public static string Repaired(string broken) => broken.Replace(Broken, ".csv.gz", StringComparison.Ordinal);

    /// <summary>
    /// The landing key, as in the public bucket: <c>csv/by_station/…</c> or <c>csv.gz/by_station/…</c>.
    /// </summary>
    public static string KeyOf(string file)
    {
        var name = Path.GetFileName(Repaired(file));
        return name.EndsWith(".gz", StringComparison.Ordinal) ? $"csv.gz/by_station/{name}" : $"csv/by_station/{name}";
    }

    /// <summary>What the generator says a file must come to.</summary>
    public static IReadOnlyDictionary<string, Planted> Expectations(string folder)
    {
        using var file = File.OpenRead(Path.Combine(folder, "expected.json"));
        return JsonSerializer.Deserialize(file, PlantedJson.Default.ListPlanted)!.ToDictionary(planted => planted.File);
    }

    private static string BrokenTwin(string file) => file[..^Path.GetFileName(file).Length]
        + Path.GetFileName(file).Split('.')[0] + Broken;

    private static bool IsBroken(string file) => file.EndsWith(Broken, StringComparison.Ordinal);
}

/// <summary>What was planted in a file.</summary>
/// <param name="Flagged">Rows by quality flag.</param>
/// <param name="Malformed">Rows by reason.</param>
/// <param name="Failure">Why the file can't be read at all, or null.</param>
internal sealed record Planted(
    string File, long Rows, long Accepted, Dictionary<string, long> Flagged, long Missing,
    Dictionary<string, long> Malformed, string? Failure = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<Planted>))]
internal sealed partial class PlantedJson : JsonSerializerContext;
