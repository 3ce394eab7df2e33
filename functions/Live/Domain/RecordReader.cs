using Amazon.Lambda.KinesisEvents;
using Isobar.Readings;

namespace Isobar.Live;

/// <summary>Reads the reading in a record of the stream.</summary>
internal static class RecordReader
{
    /// <summary>
    /// Depends on the record alone: whether its instant is too far ahead is seen by when the stream took it.
    /// </summary>
    /// <param name="problem">What is wrong where the result is null.</param>
    public static Reading? TryRead(KinesisEvent.Record record, out string problem)
    {
        if (ReadingReader.TryRead(record.Data?.ToArray() ?? [], out problem) is not { } reading) return null;
        problem = "Its partition key is not its station.";
        if (record.PartitionKey != reading.Station) return null;
        problem = $"Its time is more than {Reading.MostAhead.TotalMinutes} minutes after it arrived.";
        return record.ApproximateArrivalTimestamp is { } arrived
            && reading.IsAheadOf(new DateTimeOffset(arrived.ToUniversalTime()))
                ? null
                : reading;
    }
}
