using System.Text;

namespace Isobar.Local.Services.Logs.Events;

/// <summary>
/// A block of a group's events, in the order of their arrival. Events are only added at its end, so a reader that has
/// noted how many there are reads them without a lock.
/// </summary>
internal sealed class EventSegment
{
    /// <summary>Memory of an entry, in bytes: a reference, three numbers of 8 bytes and two of 4.</summary>
    public const int EntryBytes = 40;

    private const int TextBytesOfAnEntry = 64;
    private const int MinEntries = 4;

    private readonly byte[] text;
    private readonly LogEntry[] entries;
    private int used;

    /// <param name="textBytes">Room for messages.</param>
    public EventSegment(int textBytes)
    {
        text = new byte[textBytes];
        entries = new LogEntry[Math.Max(MinEntries, textBytes / TextBytesOfAnEntry)];
    }

    public int Count { get; private set; }

    /// <summary>Memory that it takes, in bytes, however full it is.</summary>
    public long AllocatedBytes => text.Length + ((long)entries.Length * EntryBytes);

    /// <summary>The latest timestamp of its events.</summary>
    public long NewestTimestamp { get; private set; }

    /// <summary>When its first event arrived.</summary>
    public long FirstIngested => entries[0].Ingested;

    public ReadOnlySpan<LogEntry> Entries => entries.AsSpan(0, Count);

    public bool HasRoomFor(int bytes) => Count < entries.Length && text.Length - used >= bytes;

    /// <param name="bytes">Of the message, in UTF-8; there is room for them.</param>
    public LogEntry Add(LogStream stream, string message, int bytes, long timestamp, long ingested, long sequence)
    {
        Encoding.UTF8.GetBytes(message, text.AsSpan(used));
        var entry = new LogEntry(stream, timestamp, ingested, sequence, used, bytes);
        entries[Count++] = entry;
        used += bytes;
        NewestTimestamp = Math.Max(NewestTimestamp, timestamp);
        return entry;
    }

    public SegmentView View() => new(text, entries, Count);
}

/// <summary>What a segment held at an instant.</summary>
internal readonly record struct SegmentView(byte[] Text, LogEntry[] Entries, int Count);
