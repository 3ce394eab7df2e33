using System.Text;
using Amazon.Lambda.KinesisEvents;
using Isobar.Readings;

namespace Isobar.Functions.Tests.Live;

/// <summary>Events of the stream of readings.</summary>
internal static class Records
{
    public static readonly DateTimeOffset Start = new(2026, 11, 30, 18, 0, 0, TimeSpan.Zero);

    public static Reading Reading(long thousandths, int second = 0, string station = "XIW00000001",
        string element = "TOBS") => new(station, element, thousandths, Start.AddSeconds(second));

    public static KinesisEvent.KinesisEventRecord Record(
        Reading reading, long number, DateTimeOffset? arrived = null) =>
        Record(reading.ToJson(), reading.Station, number, arrived);

    public static KinesisEvent.KinesisEventRecord Record(string data, long number) =>
        Record(Encoding.UTF8.GetBytes(data), "XIW00000001", number, null);

    public static KinesisTimeWindowEvent Event(
        IReadOnlyDictionary<string, string>? state, bool isFinal = false,
        params IEnumerable<KinesisEvent.KinesisEventRecord> records) => new()
    {
        Records = [.. records],
        State = new Dictionary<string, string>(state ?? new Dictionary<string, string>()),
        Window = new KinesisTimeWindowEvent.TimeWindow
        {
            Start = Start.UtcDateTime, End = Start.AddMinutes(1).UtcDateTime,
        },
        IsFinalInvokeForWindow = isFinal,
        IsWindowTerminatedEarly = false,
    };

    private static KinesisEvent.KinesisEventRecord Record(
        byte[] data, string key, long number, DateTimeOffset? arrived) => new()
    {
        EventSource = "aws:kinesis",
        Kinesis = new KinesisEvent.Record
        {
            Data = new MemoryStream(data),
            PartitionKey = key,
            SequenceNumber = $"{number}",
            ApproximateArrivalTimestamp = (arrived ?? Start.AddMinutes(1)).UtcDateTime,
        },
    };
}
