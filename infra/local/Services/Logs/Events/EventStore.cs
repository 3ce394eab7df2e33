using System.Text;

namespace Isobar.Local.Services.Logs.Events;

/// <summary>The events of a group in segments, of which the oldest is dropped as a whole. Owned by a monitor.</summary>
internal sealed class EventStore
{
    private const int FirstSegmentBytes = 1 << 10;
    private const int MaxSegmentBytes = 64 << 10;

    private readonly Queue<EventSegment> segments = new();
    private EventSegment? last;
    private int lastSize = FirstSegmentBytes / 2;

    /// <summary>Memory that the events take, in bytes.</summary>
    public long AllocatedBytes { get; private set; }

    public int SegmentCount => segments.Count;

    /// <summary>When the oldest event arrived, in milliseconds since 1970; null without events.</summary>
    public long? OldestIngested => segments.TryPeek(out var first) ? first.FirstIngested : null;

    public LogEntry Add(LogStream stream, string message, long timestamp, long ingested, long sequence)
    {
        var bytes = Encoding.UTF8.GetByteCount(message);
        if (last?.HasRoomFor(bytes) is not true)
        {
            lastSize = Math.Min(lastSize * 2, MaxSegmentBytes);
            last = new EventSegment(Math.Max(lastSize, bytes));
            segments.Enqueue(last);
            AllocatedBytes += last.AllocatedBytes;
        }

        return last.Add(stream, message, bytes, timestamp, ingested, sequence);
    }

    /// <summary>Drops the oldest segment.</summary>
    public EventSegment DropOldest()
    {
        var dropped = segments.Dequeue();
        AllocatedBytes -= dropped.AllocatedBytes;
        if (segments.Count == 0) last = null;
        return dropped;
    }

    /// <summary>Whether every event of the oldest segment happened before an instant, in milliseconds since 1970.
    /// </summary>
    public bool IsOldestBefore(long limit) => segments.TryPeek(out var first) && first.NewestTimestamp < limit;

    /// <summary>What is here now, for a reader outside the monitor.</summary>
    public SegmentView[] View()
    {
        var views = new SegmentView[segments.Count];
        var i = 0;
        foreach (var segment in segments) views[i++] = segment.View();
        return views;
    }
}
