using System.Globalization;
using Isobar.Readings;

namespace Isobar.Live;

/// <summary>
/// The readings that a window has had so far: each once, whichever way and how often it came. It is the state of a
/// tumbling window, of about 25 bytes a reading; Lambda ends a window early whose state is larger than 1 MB.
/// </summary>
/// <remarks>Source: AWS Lambda Developer Guide, "Using tumbling windows".</remarks>
public sealed class WindowState
{
    private const string FirstName = "first";

    private readonly SortedDictionary<(string Station, string Element), SortedDictionary<long, long>> series = [];

    /// <summary>
    /// The sequence number of the first record that the window took; null before. It names this part of the window:
    /// after a window was ended early, or its shard was split, other records of its time are in other parts.
    /// </summary>
    public string? First { get; private set; }

    /// <summary>What the window's earlier invocations returned.</summary>
    /// <param name="state">Empty or null in a window's first invocation.</param>
    public static WindowState Read(IReadOnlyDictionary<string, string>? state)
    {
        var window = new WindowState();
        foreach (var (name, text) in state ?? new Dictionary<string, string>())
        {
            if (name == FirstName)
            {
                window.First = text;
                continue;
            }

            var (station, element) = (name[..name.IndexOf(' ')], name[(name.IndexOf(' ') + 1)..]);
            var readings = window.series[(station, element)] = [];
            foreach (var reading in text.Split(';'))
            {
                var comma = reading.IndexOf(',');
                readings.Add(Parse(reading.AsSpan(0, comma)), Parse(reading.AsSpan(comma + 1)));
            }
        }

        return window;
    }

    /// <summary>Counts a reading, unless it was counted before with an equal or greater value.</summary>
    public void Add(Reading reading, string sequenceNumber)
    {
        First ??= sequenceNumber;
        var key = (reading.Station, reading.Element);
        if (!series.TryGetValue(key, out var readings)) series.Add(key, readings = []);
        var at = reading.At.ToUnixTimeMilliseconds();
        if (!readings.TryGetValue(at, out var known) || known < reading.Thousandths) readings[at] = reading.Thousandths;
    }

    /// <summary>The counts and sums of each station.</summary>
    public IEnumerable<StationSums> Sums() =>
        from each in series
        group new ElementSum(each.Key.Element, each.Value.Count, each.Value.Values.Sum()) by each.Key.Station
        into station
        select new StationSums(station.Key, [.. station]);

    /// <summary>The state as Lambda keeps it: equal for equal windows.</summary>
    public Dictionary<string, string> ToDictionary()
    {
        var state = series.ToDictionary(
            each => $"{each.Key.Station} {each.Key.Element}",
            each => string.Join(';', each.Value.Select(reading =>
                string.Create(CultureInfo.InvariantCulture, $"{reading.Key},{reading.Value}"))));
        if (First is not null) state.Add(FirstName, First);
        return state;
    }

    private static long Parse(ReadOnlySpan<char> text) =>
        long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}

/// <summary>What a station's readings in a part of a window add up to.</summary>
public sealed record StationSums(string Station, IReadOnlyList<ElementSum> Elements);

/// <param name="Count">At least 1.</param>
/// <param name="Thousandths">The sum of the values, in thousandths of the element's unit.</param>
public sealed record ElementSum(string Element, int Count, long Thousandths);
