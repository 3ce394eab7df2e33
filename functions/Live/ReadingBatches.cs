using System.Collections.Concurrent;
using Amazon.Lambda.KinesisEvents;
using AWS.Lambda.Powertools.Logging;
using Isobar.Readings;

namespace Isobar.Live;

/// <summary>Takes the readings of a batch up to the first record that fails.</summary>
public sealed class ReadingBatches(ILiveTable table)
{
    /// <summary>Writes at a time; one takes some milliseconds.</summary>
    public int Writers { get; init; } = 8;

    /// <summary>Writes the latest readings and counts them in the window.</summary>
    /// <param name="window">Gets the readings of the records before the one that failed.</param>
    /// <returns>
    /// How many records were taken, and the sequence number of the record from which on the batch is to be tried again;
    /// null when all were taken. Records after it may have been written: a repetition changes nothing.
    /// </returns>
    public async Task<(int Taken, string? Failed)> TakeAsync(
        IReadOnlyList<KinesisEvent.KinesisEventRecord> records, WindowState window,
        CancellationToken cancellationToken)
    {
        var readings = new List<Reading>();
        foreach (var record in records)
        {
            if (RecordReader.TryRead(record.Kinesis, out var problem) is not { } reading)
            {
                Logger.LogWarning(
                    "Record {sequenceNumber} is not a reading: {problem}", record.Kinesis.SequenceNumber, problem);
                break;
            }

            readings.Add(reading);
        }

        var taken = await WriteAsync(readings, cancellationToken);
        for (var i = 0; i < taken; i++) window.Add(readings[i], records[i].Kinesis.SequenceNumber);
        return (taken, taken < records.Count ? records[taken].Kinesis.SequenceNumber : null);
    }

    // How many readings at the front are written: up to the first of an element whose write failed.
    private async Task<int> WriteAsync(List<Reading> readings, CancellationToken cancellationToken)
    {
        var groups = readings.Select((reading, index) => (Reading: reading, Index: index))
            .GroupBy(each => (each.Reading.Station, each.Reading.Element))
            .Select(group => (
                First: group.Min(each => each.Index),
                Latest: group.MaxBy(each => (each.Reading.At, each.Reading.Thousandths)).Reading));
        var failures = new ConcurrentQueue<(int First, Exception Reason)>();
        await Parallel.ForEachAsync(
            groups, new ParallelOptions { MaxDegreeOfParallelism = Writers },
            async (group, _) =>
            {
                try
                {
                    await table.PutLatestAsync(group.Latest, cancellationToken);
                }
                catch (Exception e)
                {
                    failures.Enqueue((group.First, e));
                }
            });
        if (failures.IsEmpty) return readings.Count;
        var (first, reason) = failures.MinBy(failure => failure.First);
        Logger.LogError(reason, "{failures} latest readings were not written, from record {first} on",
            failures.Count, first);
        return first;
    }
}
