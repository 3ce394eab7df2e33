using Isobar.Local.Services.Logs.Events;

namespace Isobar.Local.Services.Logs;

/// <summary>A log stream. Owned by the monitor of its Region; only the name and whether it is deleted are read outside.
/// </summary>
/// <param name="created">In milliseconds since 1970.</param>
internal sealed class LogStream(string name, long created)
{
    private volatile bool isDeleted;

    public string Name { get; } = name;

    public long Created { get; } = created;

    public long? FirstTimestamp { get; private set; }

    public long? LastTimestamp { get; private set; }

    public long? LastIngested { get; private set; }

    /// <summary>Its events' part of the group's size.</summary>
    public long StoredBytes { get; set; }

    public long LastUsed => LastIngested ?? Created;

    public bool IsDeleted => isDeleted;

    public void Delete() => isDeleted = true;

    public void Note(in LogEntry entry)
    {
        FirstTimestamp = FirstTimestamp < entry.Timestamp ? FirstTimestamp : entry.Timestamp;
        LastTimestamp = LastTimestamp > entry.Timestamp ? LastTimestamp : entry.Timestamp;
        LastIngested = entry.Ingested;
        StoredBytes += entry.StoredBytes;
    }
}
