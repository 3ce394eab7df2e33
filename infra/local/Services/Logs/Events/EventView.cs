using System.Text;

namespace Isobar.Local.Services.Logs.Events;

/// <summary>A group's events at an instant: a reader searches them outside the monitor and delays nobody.</summary>
/// <param name="segments">In the order of arrival.</param>
/// <param name="expiryLimit">Older events have expired; in milliseconds since 1970.</param>
/// <param name="streams">The streams to read; null for all.</param>
internal sealed class EventView(SegmentView[] segments, long expiryLimit, IReadOnlySet<LogStream>? streams)
{
    /// <summary>The events of a time, in the order of their timestamps and then of their arrival.</summary>
    /// <param name="start">In milliseconds since 1970, inclusive.</param>
    /// <param name="end">Likewise; exclusive.</param>
    public IReadOnlyList<FoundEvent> Find(long start, long end)
    {
        start = Math.Max(start, expiryLimit);
        var found = new List<FoundEvent>();
        var isSorted = true;
        var last = new EventPosition(long.MinValue, 0);
        for (var segment = 0; segment < segments.Length; segment++)
        {
            var entries = segments[segment].Entries.AsSpan(0, segments[segment].Count);
            for (var i = 0; i < entries.Length; i++)
            {
                ref readonly var entry = ref entries[i];
                if (entry.Timestamp < start || entry.Timestamp >= end || entry.Stream.IsDeleted
                    || streams?.Contains(entry.Stream) is false) continue;
                isSorted &= last.CompareTo(entry.Position) < 0;
                last = entry.Position;
                found.Add(new FoundEvent(last, segment, i));
            }
        }

        if (!isSorted) found.Sort(static (one, other) => one.Position.CompareTo(other.Position));
        return found;
    }

    public ref readonly LogEntry this[FoundEvent found] => ref segments[found.Segment].Entries[found.Index];

    /// <summary>The message, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes(FoundEvent found)
    {
        ref readonly var entry = ref this[found];
        return segments[found.Segment].Text.AsMemory(entry.Offset, entry.Length);
    }

    public string Message(FoundEvent found) => Encoding.UTF8.GetString(Bytes(found).Span);
}

/// <summary>The place of an event in a view.</summary>
internal readonly record struct FoundEvent(EventPosition Position, int Segment, int Index);
