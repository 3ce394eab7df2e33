namespace Isobar.Local.Services.Logs.Events;

/// <summary>An event as a segment keeps it: its message is a part of the segment's text.</summary>
/// <param name="Timestamp">When it happened, in milliseconds since 1970.</param>
/// <param name="Ingested">When it arrived, in milliseconds since 1970.</param>
/// <param name="Sequence">Counts up in a Region: the order of arrival.</param>
internal readonly record struct LogEntry(
    LogStream Stream, long Timestamp, long Ingested, long Sequence, int Offset, int Length)
{
    /// <summary>What it counts for in the size of its group.</summary>
    public long StoredBytes => Length + LogsLimits.EventOverheadBytes;

    public EventPosition Position => new(Timestamp, Sequence);
}

/// <summary>Where an event stands: events are read in the order of their timestamps, then of their arrival.</summary>
internal readonly record struct EventPosition(long Timestamp, long Sequence) : IComparable<EventPosition>
{
    private const int TimestampDigits = 19;

    /// <summary>Digits of an event's id.</summary>
    public const int Digits = 56;

    /// <summary>56 digits, in the order of the events.</summary>
    public override string ToString() =>
        Timestamp.ToString($"D{TimestampDigits}", System.Globalization.CultureInfo.InvariantCulture)
        + Sequence.ToString($"D{Digits - TimestampDigits}", System.Globalization.CultureInfo.InvariantCulture);

    public int CompareTo(EventPosition other) => Timestamp != other.Timestamp
        ? Timestamp.CompareTo(other.Timestamp)
        : Sequence.CompareTo(other.Sequence);

    /// <returns>Null when the text is no event's id.</returns>
    public static EventPosition? Parse(ReadOnlySpan<char> text) =>
        text.Length == Digits && !text.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(text[..TimestampDigits], out var timestamp)
            && long.TryParse(text[TimestampDigits..], out var sequence)
            ? new EventPosition(timestamp, sequence)
            : null;
}
