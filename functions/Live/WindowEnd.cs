using AWS.Lambda.Powertools.Logging;

namespace Isobar.Live;

/// <summary>Writes the means of a window that has ended.</summary>
public sealed class WindowEnd(ILiveTable table)
{
    /// <summary>Writes at a time: a state of 1 MB has up to 20,000 stations.</summary>
    public int Writers { get; init; } = 32;

    /// <summary>Writes each station's part of the window; where one fails, all are to be written again.</summary>
    public async Task WriteAsync(
        WindowState window, DateTime start, DateTime end, CancellationToken cancellationToken)
    {
        if (window.First is not { } part) return;
        var stations = window.Sums().ToList();
        await Parallel.ForEachAsync(
            stations, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
            async (station, stop) =>
                await table.PutWindowAsync(station, new DateTimeOffset(start), new DateTimeOffset(end), part, stop));
        Logger.LogInformation("Window from {start}: {stations} stations", start, stations.Count);
    }
}
