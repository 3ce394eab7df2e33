namespace Isobar.Readings;

/// <summary>A record to put.</summary>
/// <param name="Key">The partition key: a reading's station, so that one shard has all of a station's readings.</param>
public sealed record StreamEntry(string Key, byte[] Data)
{
    /// <summary>The record of a reading.</summary>
    public static StreamEntry Of(Reading reading) => new(reading.Station, reading.ToJson());
}
