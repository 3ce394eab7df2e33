using Isobar.Readings;

namespace Isobar.Api;

/// <param name="Accepted">How many readings the stream has taken: all of the request.</param>
internal sealed record AcceptedBody(int Accepted);

/// <summary>What a station's readings came to last.</summary>
/// <param name="Latest">By element.</param>
/// <param name="Window">Absent before the station's first window has ended.</param>
internal sealed record LiveBody(string Station, IReadOnlyList<LatestBody> Latest, WindowBody? Window)
{
    public static LiveBody Of(string station, LiveStation live) => new(
        station,
        [
            .. live.Latest.Select(reading => new LatestBody(
                reading.Element, reading.Value, Reading.UnitOf(reading.Element), reading.At)),
        ],
        live.Window is { } window
            ? new WindowBody(window.Start, window.End, [.. window.Means.Select(MeanBody.Of)])
            : null);
}

/// <summary>The latest reading of an element.</summary>
/// <param name="Unit">°C, mm or m/s.</param>
internal sealed record LatestBody(string Element, decimal Value, string Unit, DateTimeOffset At);

/// <summary>The newest window: the readings that arrived from start to end.</summary>
internal sealed record WindowBody(DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<MeanBody> Means);

/// <summary>The mean of an element's readings in the window.</summary>
/// <param name="Count">How many different readings.</param>
internal sealed record MeanBody(string Element, decimal Mean, string Unit, long Count)
{
    public static MeanBody Of(ElementMean mean) =>
        new(mean.Element, mean.Mean, Reading.UnitOf(mean.Element), mean.Count);
}
