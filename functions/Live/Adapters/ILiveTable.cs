using Isobar.Readings;

namespace Isobar.Live;

/// <summary>Writes live readings. Repeating a call changes nothing.</summary>
public interface ILiveTable
{
    /// <summary>Writes a reading, unless there is a later one of its station and element, or it itself.</summary>
    Task PutLatestAsync(Reading reading, CancellationToken cancellationToken);

    /// <summary>Writes a station's part of a window, unless there is a later window.</summary>
    /// <param name="part">Names the part in its window.</param>
    Task PutWindowAsync(
        StationSums sums, DateTimeOffset start, DateTimeOffset end, string part, CancellationToken cancellationToken);
}
