using Isobar.Local.History;
using Isobar.Local.Services.Logs.Events;
using Isobar.Local.Services.Logs.Live;

namespace Isobar.Local.Services.Logs;

/// <summary>The log groups of a Region. Owned by a monitor; every message is short, however many events there are.
/// </summary>
internal sealed class LogsState(Journal journal)
{
    private static readonly Dictionary<string, string> NoTags = [];

    private readonly Dictionary<string, LogGroup> groups = new(StringComparer.Ordinal);
    private readonly List<LiveSession> sessions = [];
    private long sequence;
    private long allocatedBytes;

    /// <summary>By name, in no order.</summary>
    public IReadOnlyCollection<LogGroup> Groups => groups.Values;

    public bool Exists(string group) => groups.ContainsKey(group);

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public LogGroup Get(string group) => groups.GetValueOrDefault(group) ?? throw LogsErrors.GroupNotFound();

    /// <exception cref="Wire.AwsException">ResourceNotFoundException: the group or the stream.</exception>
    public LogStream Get(string group, string stream) =>
        Get(group).Streams.GetValueOrDefault(stream) ?? throw LogsErrors.StreamNotFound();

    /// <exception cref="Wire.AwsException">ResourceAlreadyExistsException, LimitExceededException.</exception>
    public LogGroup Create(string group, DateTimeOffset now, IReadOnlyDictionary<string, string>? tags = null)
    {
        if (groups.ContainsKey(group)) throw LogsErrors.GroupExists();
        if (groups.Count >= LogsLimits.MaxGroups) throw LogsErrors.LimitExceeded();
        return groups[group] = new LogGroup(group, now.ToUnixTimeMilliseconds()) { Tags = new(tags ?? NoTags) };
    }

    public void DeleteIfThere(string group)
    {
        if (groups.ContainsKey(group)) Delete(group);
    }

    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public void Delete(string group)
    {
        allocatedBytes -= Get(group).Events.AllocatedBytes;
        groups.Remove(group);
    }

    /// <exception cref="Wire.AwsException">ResourceNotFoundException: the group; ResourceAlreadyExistsException.
    /// </exception>
    public void CreateStream(string group, string stream, DateTimeOffset now)
    {
        var found = Get(group);
        if (found.Streams.ContainsKey(stream)) throw LogsErrors.StreamExists();
        found.AddStream(stream, now.ToUnixTimeMilliseconds());
    }

    /// <exception cref="Wire.AwsException">ResourceNotFoundException: the group or the stream.</exception>
    public void DeleteStream(string group, string stream) => Get(group).Delete(Get(group, stream));

    /// <summary>Adds a line of a function's log, with this instant as its timestamp.</summary>
    /// <returns>False, and the line is not added, when there is no such group or stream.</returns>
    public bool TryAdd(LogLine line, DateTimeOffset now)
    {
        if (!groups.TryGetValue(line.LogGroup, out var group)
            || !group.Streams.TryGetValue(line.LogStream, out var stream)) return false;
        // No event is empty.
        if (line.Text.Length == 0) return true;
        var time = now.ToUnixTimeMilliseconds();
        Add(group, stream, line.Text, time, time);
        Expire(group, now);
        return true;
    }

    /// <summary>Makes what a line of a function's log needs and adds it; beyond the bound of groups it is lost.
    /// </summary>
    public void AddAnew(LogLine line, DateTimeOffset now)
    {
        if (!groups.TryGetValue(line.LogGroup, out var group))
        {
            if (groups.Count >= LogsLimits.MaxGroups) return;
            group = Create(line.LogGroup, now);
        }

        if (!group.Streams.ContainsKey(line.LogStream))
            group.AddStream(line.LogStream, now.ToUnixTimeMilliseconds());
        TryAdd(line, now);
    }

    /// <param name="events">In the order of their timestamps, and none too old or too new.</param>
    /// <returns>The sequence token of the next batch, which nobody needs any more.</returns>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException: the group or the stream.</exception>
    public string Put(string group, string stream, IEnumerable<NewEvent> events, DateTimeOffset now)
    {
        var (found, into) = (Get(group), Get(group, stream));
        var ingested = now.ToUnixTimeMilliseconds();
        foreach (var each in events) Add(found, into, each.Message, each.Timestamp, ingested);
        Expire(found, now);
        return new EventPosition(ingested, sequence).ToString();
    }

    /// <summary>Shows a live tail session the events that come from now on.</summary>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException: a group; LimitExceededException.</exception>
    public void Begin(LiveSession session)
    {
        foreach (var group in session.Question.Groups) Get(group);
        if (sessions.Count >= LogsLimits.MaxLiveSessions) throw LogsErrors.TooManySessions();
        sessions.Add(session);
    }

    public void End(LiveSession session) => sessions.Remove(session);

    /// <summary>What can be read of a group now.</summary>
    /// <param name="isWanted">Of the streams; null for all.</param>
    /// <exception cref="Wire.AwsException">ResourceNotFoundException.</exception>
    public EventView View(string group, Func<LogStream, bool>? isWanted, DateTimeOffset now)
    {
        var found = Get(group);
        Expire(found, now);
        HashSet<LogStream>? streams = isWanted is null ? null : [.. found.Streams.Values.Where(isWanted)];
        return new EventView(found.Events.View(), found.ExpiryLimit(now), streams);
    }

    /// <summary>Drops what has expired, so that sizes are right.</summary>
    public void Expire(LogGroup group, DateTimeOffset now)
    {
        var before = group.Events.AllocatedBytes;
        group.DropExpired(now);
        allocatedBytes += group.Events.AllocatedBytes - before;
    }

    private void Add(LogGroup group, LogStream stream, string message, long timestamp, long ingested)
    {
        var before = group.Events.AllocatedBytes;
        group.Add(stream, message, timestamp, ingested, ++sequence);
        allocatedBytes += group.Events.AllocatedBytes - before;
        foreach (var session in sessions)
            session.Offer(new LiveEvent(group.Name, stream.Name, message, timestamp, ingested));
        while (group.Events.AllocatedBytes > LogsLimits.MaxGroupBytes && group.Events.SegmentCount > 1)
            DropOldest(group);
        while (allocatedBytes > LogsLimits.MaxRegionBytes)
            DropOldest(groups.Values.MinBy(each => each.Events.OldestIngested ?? long.MaxValue)!);
    }

    private void DropOldest(LogGroup group)
    {
        var before = group.Events.AllocatedBytes;
        var dropped = group.DropOldest();
        allocatedBytes += group.Events.AllocatedBytes - before;
        if (dropped > 0) journal.Record(new OldestEventsDropped(group.Name, dropped));
    }
}

/// <param name="Timestamp">In milliseconds since 1970.</param>
internal readonly record struct NewEvent(long Timestamp, string Message);
