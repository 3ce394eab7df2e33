using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>
/// One lane of a shard: its records in order, one batch of them at a time under way. Records of one key share a lane,
/// so they stay in order. A part of <see cref="StreamState"/>.
/// </summary>
internal sealed class Lane(string shardId)
{
    private readonly Queue<ReadRecord> waiting = new();

    // What is left of batches that were split or have failed in part, the earliest records first.
    private readonly LinkedList<StreamBatch> parts = new();
    private StreamBatch? current;
    private TumblingWindow? window;
    private long waitingBytes;

    public string ShardId => shardId;

    /// <summary>Whether a batch is being invoked.</summary>
    public bool IsInvoking => current is not null && RetryAt is null;

    /// <summary>When the batch that has failed is invoked again; null while none waits for that.</summary>
    public DateTimeOffset? RetryAt { get; private set; }

    /// <summary>Whether it has no records, and no window that is still open.</summary>
    public bool IsDone => current is null && parts.Count == 0 && waiting.Count == 0 && window is null;

    /// <summary>The records that are not done, in order.</summary>
    public IEnumerable<ReadRecord> Left =>
        (current?.Records ?? []).Concat(parts.SelectMany(part => part.Records)).Concat(waiting);

    public void Add(ReadRecord record)
    {
        waiting.Enqueue(record);
        waitingBytes += record.Bytes + 1;
    }

    /// <summary>Goes on with the open window of the lane in whose place this one is.</summary>
    public void TakeWindow(Lane before) => window = before.window;

    /// <summary>Chooses what is to be invoked next, and makes it the batch that is under way.</summary>
    /// <param name="isLast">Whether no more records come.</param>
    /// <returns>Null when nothing is to be invoked now.</returns>
    public StreamBatch? Next(StreamMapping mapping, bool isLast, DateTimeOffset now)
    {
        if (current is not null)
        {
            if (RetryAt is null || RetryAt > now) return null;
            RetryAt = null;
            return current;
        }

        if (parts.First is { } part)
        {
            parts.RemoveFirst();
            return current = part.Value.In(window?.View(isFinal: false));
        }

        if (mapping.TumblingWindow > TimeSpan.Zero && EndedWindow(isLast, now) is { } ended)
            return current = new StreamBatch(shardId, []) { Window = ended.View(isFinal: true) };
        return current = Gather(mapping, isLast, now);
    }

    /// <summary>When <see cref="Next"/> may have something to invoke that no record and no answer brings.</summary>
    public DateTimeOffset? NextDue(StreamMapping mapping)
    {
        if (current is not null) return RetryAt;
        if (waiting.TryPeek(out var first)) return first.Read + mapping.BatchingWindow;
        return window?.IdleEnd;
    }

    /// <summary>Some of the batch's records, or all, are done or given up; what is left of it comes next.</summary>
    public void Continue(params ReadOnlySpan<StreamBatch> left)
    {
        if (current?.Window is { IsFinal: true }) window = null;
        (current, RetryAt) = (null, null);
        for (var i = left.Length - 1; i >= 0; i--) parts.AddFirst(left[i]);
    }

    /// <summary>The batch is invoked again later.</summary>
    public void Retry(StreamBatch batch, DateTimeOffset at) => (current, RetryAt) = (batch, at);

    /// <summary>Replaces the batch that is about to be invoked by what is left of it.</summary>
    public void Shorten(StreamBatch rest) => current = rest;

    /// <summary>A batch that waits for another attempt is the next again, without waiting.</summary>
    public void Rest()
    {
        if (RetryAt is null) return;
        parts.AddFirst(current!);
        (current, RetryAt) = (null, null);
    }

    /// <summary>The open window goes on with what its invocation returned.</summary>
    public void Keep(ReadOnlyMemory<byte>? state)
    {
        if (state is { } kept) window?.Keep(kept);
    }

    private TumblingWindow? EndedWindow(bool isLast, DateTimeOffset now)
    {
        if (window is null) return null;
        if (window.IsTooLarge) return window;
        if (waiting.TryPeek(out var first)) return window.Has(first.Record.Arrived) ? null : window;
        return isLast || window.IdleEnd <= now ? window : null;
    }

    private StreamBatch? Gather(StreamMapping mapping, bool isLast, DateTimeOffset now)
    {
        if (!waiting.TryPeek(out var first)) return null;
        if (mapping.TumblingWindow > TimeSpan.Zero)
            window ??= TumblingWindow.At(first.Record.Arrived, mapping.TumblingWindow);
        var room = MappingLimits.MaxBatchBytes - (window?.State.Length ?? 0);
        var isDue = isLast || first.Read + mapping.BatchingWindow <= now;
        // Without this, each record that joins a large batch would look through all of it.
        if (!isDue && window is null && waiting.Count < mapping.BatchSize && waitingBytes <= room) return null;
        var (count, isFull) = (0, false);
        long bytes = 0;
        foreach (var record in waiting)
        {
            bytes += record.Bytes + 1;
            isFull = count == mapping.BatchSize || (count > 0 && bytes > room)
                || window?.Has(record.Record.Arrived) == false;
            if (isFull) break;
            count++;
        }

        if (!isDue && !isFull && count < mapping.BatchSize) return null;
        var taken = new ReadRecord[count];
        for (var i = 0; i < count; i++) taken[i] = waiting.Dequeue();
        waitingBytes -= taken.Sum(record => (long)record.Bytes + 1);
        return new StreamBatch(shardId, taken) { Window = window?.View(isFinal: false) };
    }
}
