using Amazon.Lambda.KinesisEvents;
using Isobar.Tests;
using Isobar.Live;
using Isobar.Readings;
using static Isobar.Functions.Tests.Live.Records;

namespace Isobar.Functions.Tests.Live;

/// <summary>
/// Live with readings that come late, twice and in any order, with records that are none, with calls of DynamoDB that
/// fail before or after they took effect, and with workers that are lost. The table is the host's DynamoDB. To look
/// into a failure, run its seed alone.
/// </summary>
public sealed class SimulationTests
{
    private const int Runs = 60;

    [Fact]
    public async Task The_latest_readings_and_the_means_are_those_of_a_plain_calculation()
    {
        var (losses, seeds) = (0, Seeds.UpTo(Runs));
        await using var server = await TableOnPortZero.StartAsync("Live", LiveSchema.Station, LiveSchema.Item);
        foreach (var seed in seeds)
        {
            try
            {
                losses += await RunAsync(server, seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"ISOBAR_SEED={seed}: {e.Message}", e);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{losses} losses");
        if (seeds.Count > 1) Assert.True(losses > seeds.Count, "Too few losses.");
    }

    [Fact]
    public async Task A_window_that_is_ended_early_again_and_again_has_the_mean_of_all_its_readings()
    {
        await using var server = await TableOnPortZero.StartAsync("Live", LiveSchema.Station, LiveSchema.Item);
        var table = Table(server);
        var shard = new MappedShard(
            new Random(1), OneByOne(table), _ => false)
        {
            MaxStateLength = 300,
        };
        await shard.ReadAsync([.. Enumerable.Range(0, 100).Select(i => Record(Reading(i, i), i))]);
        Assert.InRange(shard.EarlyEnds, 2, 100);
        var found = await new LiveReader(server.Client, "Live").FindAsync("XIW00000001", default);
        Assert.Equal([new ElementMean("TOBS", 100, 0.050m)], found!.Window!.Means);
    }

    [Fact]
    public async Task If_the_state_of_an_answer_that_names_a_failed_record_is_lost_only_the_means_lack_readings()
    {
        await using var server = await TableOnPortZero.StartAsync("Live", LiveSchema.Station, LiveSchema.Item);
        foreach (var (isKept, station, count, mean) in ((bool, string, int, decimal)[])
            [(true, "XIW00000001", 3, 0.023m), (false, "XIW00000002", 1, 0.04m)])
        {
            var poison = Record(Reading(0, 2, station), 2);
            poison.Kinesis.Data = new MemoryStream("poison"u8.ToArray());
            KinesisEvent.KinesisEventRecord[] records =
            [
                Record(Reading(10, 0, station), 0), Record(Reading(20, 1, station), 1), poison,
                Record(Reading(40, 3, station), 3),
            ];
            var shard = new MappedShard(new NeverZero(), OneByOne(Table(server)), _ => false)
            {
                KeepsStateOfFailures = isKept,
            };
            await shard.ReadAsync(records);
            Assert.Equal(["2"], shard.GivenUp);
            var found = await new LiveReader(server.Client, "Live").FindAsync(station, default);
            Assert.Equal(40, Assert.Single(found!.Latest).Thousandths);
            Assert.Equal([new ElementMean("TOBS", count, mean)], found.Window!.Means);
        }
    }

    private static async Task<int> RunAsync(TableOnPortZero server, int seed)
    {
        var random = new Random(seed);
        var table = new LossyTable(Table(server), random);
        var losses = 0;
        var shard = new MappedShard(
            random, OneByOne(table), _ =>
            {
                var isLost = random.Next(8) == 0;
                if (isLost) losses++;
                return isLost;
            });
        // Stations of this run's own.
        var run = Math.Abs(seed % 1_000_000);
        var records = Disorder(random, [.. Enumerable.Range(0, 3).Select(i => $"XIW{run:D6}{i:D2}")]);
        await shard.ReadAsync(records);

        var poison = records.Where(record => RecordReader.TryRead(record.Kinesis, out _) is null);
        Assert.Equal(
            poison.Select(record => record.Kinesis.SequenceNumber).Order(), shard.GivenUp.Order());
        var reader = new LiveReader(server.Client, "Live");
        foreach (var station in records.Select(record => record.Kinesis.PartitionKey).Distinct())
        {
            var found = await reader.FindAsync(station, default);
            var taken = records.Where(record => record.Kinesis.PartitionKey == station)
                .Select(record => (Reading: RecordReader.TryRead(record.Kinesis, out _), record.Kinesis))
                .Where(each => each.Reading is not null).ToList();
            Assert.Equal(Latest(taken.Select(each => each.Reading!)), found?.Latest ?? []);
            Assert.Equal(
                Means(taken.Select(each => (each.Reading!, each.Kinesis.ApproximateArrivalTimestamp!.Value))),
                found?.Window?.Means ?? []);
        }

        return losses + table.Losses;
    }

    // Readings of some minutes, some of them twice or thrice, some with another value, shuffled.
    private static List<KinesisEvent.KinesisEventRecord> Disorder(Random random, IReadOnlyList<string> stations)
    {
        var readings = Enumerable.Range(0, random.Next(5, 60)).SelectMany(_ =>
        {
            var reading = Reading(
                random.Next(-50, 50), random.Next(40), stations[random.Next(stations.Count)],
                random.Next(3) == 0 ? "AWND" : "TOBS");
            return Enumerable.Repeat(reading, random.Next(1, 4));
        }).ToArray();
        random.Shuffle(readings);
        var arrived = Start.AddMinutes(1);
        var records = new List<KinesisEvent.KinesisEventRecord>();
        foreach (var reading in readings)
        {
            arrived = arrived.AddSeconds(random.Next(6));
            records.Add(random.Next(15) == 0
                ? Poison(random, reading, records.Count, arrived)
                : Record(reading, records.Count, arrived));
        }

        return records;
    }

    private static KinesisEvent.KinesisEventRecord Poison(
        Random random, Reading reading, int number, DateTimeOffset arrived)
    {
        var record = Record(reading, number, arrived);
        if (random.Next(2) == 0) record.Kinesis.Data = new MemoryStream("poison"u8.ToArray());
        else record = Record(reading with { At = arrived.AddHours(1) }, number, arrived);
        return record;
    }

    private static IEnumerable<Reading> Latest(IEnumerable<Reading> readings) => readings
        .GroupBy(reading => reading.Element)
        .OrderBy(element => element.Key, StringComparer.Ordinal)
        .Select(element => element.OrderBy(reading => reading.At).ThenBy(reading => reading.Thousandths).Last());

    private static IEnumerable<ElementMean> Means(IEnumerable<(Reading Reading, DateTime Arrived)> readings)
    {
        var newest = readings.GroupBy(each => each.Arrived.Ticks / TimeSpan.TicksPerMinute).MaxBy(window => window.Key);
        return (newest ?? Enumerable.Empty<(Reading Reading, DateTime Arrived)>())
            .GroupBy(each => each.Reading.Element)
            .OrderBy(element => element.Key, StringComparer.Ordinal)
            .Select(element =>
            {
                var values = element.GroupBy(each => each.Reading.At)
                    .Select(instant => instant.Max(each => each.Reading.Value)).ToList();
                return new ElementMean(
                    element.Key, values.Count, Math.Round(values.Sum() / values.Count, 3, MidpointRounding.ToEven));
            });
    }

    // Not in parallel, so that a seed decides everything.
    private static Function OneByOne(ILiveTable table) =>
        new(new ReadingBatches(table) { Writers = 1 }, new WindowEnd(table) { Writers = 1 });

    private static LiveTable Table(TableOnPortZero server) => new(
        server.Client, "Live", new Backoff(new Random(1), new ImmediateTime()), TableOnPortZero.Retention);

    /// <summary>Cuts no batch short.</summary>
    private sealed class NeverZero : Random
    {
        public override int Next(int maxValue) => 1;
    }

    /// <summary>A table each of whose calls may fail, before or after it took effect.</summary>
    private sealed class LossyTable(ILiveTable table, Random random) : ILiveTable
    {
        public int Losses { get; private set; }

        public async Task PutLatestAsync(Reading reading, CancellationToken cancellationToken)
        {
            Lose();
            await table.PutLatestAsync(reading, cancellationToken);
            Lose();
        }

        public async Task PutWindowAsync(
            StationSums sums, DateTimeOffset start, DateTimeOffset end, string part,
            CancellationToken cancellationToken)
        {
            Lose();
            await table.PutWindowAsync(sums, start, end, part, cancellationToken);
            Lose();
        }

        private void Lose()
        {
            if (random.Next(10) > 0) return;
            Losses++;
            throw new IOException("lost");
        }
    }
}
