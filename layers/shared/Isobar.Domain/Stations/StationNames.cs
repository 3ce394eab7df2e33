using System.Collections.Frozen;
using System.Text;

namespace Isobar.Domain;

/// <summary>The names of the stations, by their ids; the data of the shared layer.</summary>
public sealed class StationNames
{
    /// <summary>Room for all of GHCN-Daily: "more than 100,000 stations" (NOAA NCEI, GHCN-Daily).</summary>
    public const int MaxStations = 200_000;

    private readonly FrozenDictionary<string, string> names;

    private StationNames(FrozenDictionary<string, string> names) => this.names = names;

    /// <summary>Reads lines of <c>id,name</c> in UTF-8 behind a header; a name may have commas.</summary>
    /// <exception cref="InvalidDataException">A line is not <c>id,name</c>, an id comes twice, or there are too
    /// many.</exception>
    public static StationNames Read(Stream content)
    {
        using var reader = new StreamReader(content, Encoding.UTF8, leaveOpen: true);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.ReadLine() != "id,name") throw new InvalidDataException("Station names begin with 'id,name'.");
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(',', 2) is not [var id, { Length: > 0 } name]
                || id.Length != StationId.Length || !StationId.IsValid(Encoding.UTF8.GetBytes(id)))
                throw new InvalidDataException($"Station names, line {names.Count + 2}: '{line}' is not 'id,name'.");
            if (names.Count == MaxStations) throw new InvalidDataException($"More than {MaxStations} station names.");
            if (!names.TryAdd(id, name)) throw new InvalidDataException($"Station {id} is named twice.");
        }

        return new StationNames(names.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Reads the file in the shared layer, or its copy in the package where no layers are applied.</summary>
    /// <param name="path">In the layer.</param>
    /// <param name="package">The function's own folder.</param>
    public static StationNames ReadFile(string path, string package)
    {
        using var names = File.OpenRead(File.Exists(path) ? path : Path.Combine(package, "isobar", "stations.csv"));
        return Read(names);
    }

    /// <summary>The station's name, or null if it is not known.</summary>
    /// <param name="station">The 11 characters of an id; anything else has no name.</param>
    public string? Of(string station) => names.GetValueOrDefault(station);
}
