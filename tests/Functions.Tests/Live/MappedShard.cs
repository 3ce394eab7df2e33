using Amazon.Lambda.KinesisEvents;
using Isobar.Live;
using Isobar.Readings;
using static Isobar.Functions.Tests.Live.Records;

namespace Isobar.Functions.Tests.Live;

/// <summary>
/// One shard and its event source mapping, with tumbling windows of a minute, ReportBatchItemFailures and bisecting:
/// as AWS documents them, with batches, lost workers and early ends by chance. A record is given up when it fails alone
/// and is no reading. AWS does not say whether the state of an answer that names a failed record is kept.
/// </summary>
internal sealed class MappedShard(Random random, Function function, Func<KinesisTimeWindowEvent, bool> mayLose)
{
    /// <summary>Bytes of a state at which Lambda ends a window; no reading of a short run gets near 1 MB.</summary>
    public int MaxStateLength { get; init; } = int.MaxValue;

    /// <summary>Whether the state of an answer that names a failed record is kept: an assumption of the host.</summary>
    public bool KeepsStateOfFailures { get; init; } = true;

    /// <summary>The sequence numbers of the records that were given up.</summary>
    public List<string> GivenUp { get; } = [];

    public int EarlyEnds { get; private set; }

    private Dictionary<string, string> state = [];

    /// <summary>Reads the records to the end, and then ends the last window.</summary>
    public async Task ReadAsync(IReadOnlyList<KinesisEvent.KinesisEventRecord> records)
    {
        for (var next = 0; next < records.Count;)
        {
            var window = MinuteOf(records[next]);
            var end = next + 1;
            while (end < records.Count && end - next < 10 && MinuteOf(records[end]) == window
                && random.Next(6) > 0) end++;
            await TakeAsync([.. records.Skip(next).Take(end - next)], window);
            next = end;
            var isEnd = next == records.Count || MinuteOf(records[next]) != window;
            var isEarly = !isEnd && state.Sum(entry => entry.Key.Length + entry.Value.Length) > MaxStateLength;
            if (!isEnd && !isEarly) continue;
            if (isEarly) EarlyEnds++;
            await InvokeAsync([], window, isFinal: true, isEarly);
            state = [];
        }
    }

    private static DateTimeOffset MinuteOf(KinesisEvent.KinesisEventRecord record)
    {
        var arrived = new DateTimeOffset(record.Kinesis.ApproximateArrivalTimestamp!.Value);
        return arrived.AddTicks(-(arrived.Ticks % TimeSpan.TicksPerMinute));
    }

    private async Task TakeAsync(IReadOnlyList<KinesisEvent.KinesisEventRecord> batch, DateTimeOffset window)
    {
        var failed = await InvokeAsync(batch, window, isFinal: false, isEarly: false);
        if (failed == batch.Count) return;
        if (failed > 0) await TakeAsync([.. batch.Skip(failed)], window);
        else if (batch.Count > 1)
        {
            await TakeAsync([.. batch.Take(batch.Count / 2)], window);
            await TakeAsync([.. batch.Skip(batch.Count / 2)], window);
        }
        else if (RecordReader.TryRead(batch[0].Kinesis, out _) is null) GivenUp.Add(batch[0].Kinesis.SequenceNumber);
        else await TakeAsync(batch, window);
    }

    // How many records of the batch were taken; the state is what the invocation answered. A worker that is lost is
    // tried again with the same event.
    private async Task<int> InvokeAsync(
        IReadOnlyList<KinesisEvent.KinesisEventRecord> batch, DateTimeOffset window, bool isFinal, bool isEarly)
    {
        while (true)
        {
            var invoked = Event(state, isFinal, batch);
            invoked.Window = new() { Start = window.UtcDateTime, End = window.AddMinutes(1).UtcDateTime };
            invoked.IsWindowTerminatedEarly = isEarly;
            KinesisTimeWindowResponse response;
            try
            {
                response = await function.Handle(invoked, new Invocation());
            }
            catch (IOException)
            {
                continue;
            }

            if (mayLose(invoked)) continue;
            if (KeepsStateOfFailures || response.BatchItemFailures is not [_, ..]) state = response.State;
            return response.BatchItemFailures is [{ ItemIdentifier: var number }, ..]
                ? batch.TakeWhile(record => record.Kinesis.SequenceNumber != number).Count()
                : batch.Count;
        }
    }
}
