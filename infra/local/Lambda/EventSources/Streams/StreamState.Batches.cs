using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>What happens to batches, before and after each attempt.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Using AWS Lambda with Amazon Kinesis" and "… with Amazon DynamoDB", error
/// handling; what counts as an attempt as recorded against AWS in November 2025.
/// </remarks>
internal sealed partial class StreamState
{
    private const string TooOld = "RecordAgeExceeded";
    private const string TriedOften = "RetryAttemptsExhausted";

    /// <summary>An attempt has ended.</summary>
    /// <param name="batch">As it was invoked.</param>
    public void Ended(Lane lane, StreamBatch batch, StreamOutcome outcome, DateTimeOffset now)
    {
        invoking--;
        if (outcome is not StreamOutcome.NotRun)
            LastResult = outcome is StreamOutcome.Succeeded ? ProcessingResults.Ok : ProcessingResults.Failed;
        switch (outcome)
        {
            case StreamOutcome.Succeeded succeeded:
                lane.Keep(succeeded.State);
                Done(batch.ShardId, batch.Records);
                lane.Continue();
                break;
            case StreamOutcome.TookUpTo took:
                lane.Keep(took.State);
                Done(batch.ShardId, batch.Records.Take(took.Index));
                Again(lane, batch.Part(took.Index, batch.Records.Count), took.Index > 0, outcome, now);
                break;
            case StreamOutcome.Failed:
                Again(lane, batch, isShorter: false, outcome, now);
                break;
            case StreamOutcome.NotRun:
                Later(lane, batch, now);
                break;
        }

        Proceed(now);
    }

    private TimeSpan MaximumAge => mapping.Settings.MaximumRecordAgeSeconds is > 0 and var seconds
        && TimeSpan.FromSeconds(seconds) < retention
            ? TimeSpan.FromSeconds(seconds)
            : retention;

    private void Invoke(ShardProgress shard, DateTimeOffset now)
    {
        foreach (var lane in shard.Lanes)
        {
            while (lane.Next(mapping, shard.IsEnd, now) is { } batch)
            {
                if (DropOld(lane, batch, now) is not { } young) continue;
                invoking++;
                Effects.Add(new InvokeBatch(mapping, lane, young));
                break;
            }
        }
    }

    // What is left of a batch without its records that are too old; null when nothing is.
    private StreamBatch? DropOld(Lane lane, StreamBatch batch, DateTimeOffset now)
    {
        var age = MaximumAge;
        if (batch.Window is { IsFinal: true } window)
        {
            if (now - window.End <= age) return batch;
            lane.Continue();
            return null;
        }

        var old = batch.Records.TakeWhile(record => now - record.Record.Arrived > age).Count();
        if (old == 0) return batch;
        var dropped = batch.Part(0, old);
        Effects.Add(new GiveUpBatch(mapping, dropped, TooOld, null, "", null));
        Done(batch.ShardId, dropped.Records);
        if (old == batch.Records.Count)
        {
            lane.Continue();
            return null;
        }

        var rest = batch.Part(old, batch.Records.Count);
        lane.Shorten(rest);
        return rest;
    }

    // The attempt has failed for these records.
    private void Again(Lane lane, StreamBatch batch, bool isShorter, StreamOutcome outcome, DateTimeOffset now)
    {
        var bisects = mapping.Settings.Bisects;
        if (bisects && isShorter)
        {
            // The function has split the batch itself.
            lane.Continue(batch.Failed(isCounted: false));
            return;
        }

        if (bisects && batch.Records.Count > 1)
        {
            var failed = batch.Failed(isCounted: false);
            var middle = failed.Records.Count / 2;
            lane.Continue(failed.Part(0, middle), failed.Part(middle, failed.Records.Count));
            return;
        }

        if (mapping.Settings.MaximumRetryAttempts is >= 0 and var most && batch.Retries >= most)
        {
            Effects.Add(new GiveUpBatch(
                mapping, batch.Failed(isCounted: true), TriedOften,
                outcome as StreamOutcome.Failed ?? new StreamOutcome.Failed(null, "The response names failed records."),
                outcome.RequestId, outcome.ExecutedVersion));
            Done(batch.ShardId, batch.Records);
            lane.Continue();
            return;
        }

        Later(lane, batch.Failed(isCounted: true), now);
    }

    private void Later(Lane lane, StreamBatch batch, DateTimeOffset now)
    {
        var backoff = batch.Backoff == TimeSpan.Zero ? MappingLimits.FirstBackoff : batch.Backoff * 2;
        if (backoff > MappingLimits.LastBackoff) backoff = MappingLimits.LastBackoff;
        var later = batch.After(backoff);
        if (IsResting)
        {
            lane.Continue(later);
            return;
        }

        var at = now + backoff;
        // At the instant at which its first record is too old, that is given up.
        if (batch.Records is [var first, ..] && first.Record.Arrived + MaximumAge is var end && end >= now && end < at)
            at = end + TimeSpan.FromTicks(1);
        lane.Retry(later, at);
    }

    private void Done(string shardId, IEnumerable<ReadRecord> records) => shards[shardId].Done(records);
}
