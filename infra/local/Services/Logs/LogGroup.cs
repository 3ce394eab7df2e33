using Isobar.Local.Services.Logs.Events;

namespace Isobar.Local.Services.Logs;

/// <summary>A log group with its streams and events. Owned by the monitor of its Region.</summary>
/// <param name="created">In milliseconds since 1970.</param>
internal sealed class LogGroup(string name, long created)
{
    public string Name { get; } = name;

    public long Created { get; } = created;

    /// <summary>Null: events are kept until they make room for newer ones.</summary>
    public int? RetentionInDays { get; set; }

    public Dictionary<string, string> Tags { get; init; } = [];

    public Dictionary<string, LogStream> Streams { get; } = new(StringComparer.Ordinal);

    public EventStore Events { get; } = new();

    /// <summary>Of all events that are kept: messages, with what each event counts beside its own.</summary>
    public long StoredBytes { get; private set; }

    /// <summary>Events older than this one are expired; in milliseconds since 1970.</summary>
    public long ExpiryLimit(DateTimeOffset now) => RetentionInDays is { } days
        ? now.AddDays(-days).ToUnixTimeMilliseconds()
        : long.MinValue;

    /// <summary>Adds a stream. Where there are too many, the one that was unused for longest makes room.</summary>
    public LogStream AddStream(string stream, long now)
    {
        if (Streams.Count >= LogsLimits.MaxStreams) Delete(Streams.Values.MinBy(each => each.LastUsed)!);
        return Streams[stream] = new LogStream(stream, now);
    }

    public void Delete(LogStream stream)
    {
        Streams.Remove(stream.Name);
        stream.Delete();
        StoredBytes -= stream.StoredBytes;
    }

    public void Add(LogStream stream, string message, long timestamp, long ingested, long sequence)
    {
        var entry = Events.Add(stream, message, timestamp, ingested, sequence);
        stream.Note(entry);
        StoredBytes += entry.StoredBytes;
    }

    /// <summary>Drops the oldest segment of events.</summary>
    /// <returns>The events that nobody can read any more because of it.</returns>
    public int DropOldest()
    {
        var dropped = 0;
        foreach (var entry in Events.DropOldest().Entries)
        {
            if (entry.Stream.IsDeleted) continue;
            dropped++;
            entry.Stream.StoredBytes -= entry.StoredBytes;
            StoredBytes -= entry.StoredBytes;
        }

        return dropped;
    }

    /// <summary>Drops segments of which every event has expired.</summary>
    public void DropExpired(DateTimeOffset now)
    {
        if (RetentionInDays is null) return;
        var limit = ExpiryLimit(now);
        while (Events.IsOldestBefore(limit)) DropOldest();
    }
}
