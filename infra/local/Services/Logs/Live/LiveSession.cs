using System.Threading.Channels;
using Isobar.Local.Services.Logs.Patterns;

namespace Isobar.Local.Services.Logs.Live;

/// <summary>An event, as a live tail session takes it.</summary>
/// <param name="Timestamp">In milliseconds since 1970, as <paramref name="Ingested"/>.</param>
internal readonly record struct LiveEvent(
    string Group, string Stream, string Message, long Timestamp, long Ingested);

/// <summary>Which events a session wants.</summary>
/// <param name="Groups">By name.</param>
/// <param name="Streams">By name; null for all.</param>
/// <param name="Prefixes">Of the names of streams; null for all.</param>
internal sealed record LiveQuestion(
    IReadOnlySet<string> Groups, IReadOnlyList<string>? Streams, IReadOnlyList<string>? Prefixes,
    FilterPattern Pattern)
{
    public bool Wants(string group, string stream) =>
        Groups.Contains(group)
        && (Streams is null || Streams.Contains(stream))
        && (Prefixes is null || Prefixes.Any(prefix => stream.StartsWith(prefix, StringComparison.Ordinal)));
}

/// <summary>
/// A live tail session. Events are offered while the monitor is held and read outside it; one that is read too slowly
/// loses its oldest events and delays nobody.
/// </summary>
internal sealed class LiveSession
{
    private readonly Channel<LiveEvent> events;
    private long lost;

    public LiveSession(LiveQuestion question)
    {
        Question = question;
        events = Channel.CreateBounded<LiveEvent>(
            new BoundedChannelOptions(LogsLimits.MaxLiveEvents) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref lost));
    }

    public LiveQuestion Question { get; }

    public void Offer(in LiveEvent happened)
    {
        if (Question.Wants(happened.Group, happened.Stream)) events.Writer.TryWrite(happened);
    }

    /// <summary>Takes what came since the last time, as far as the pattern matches.</summary>
    /// <returns>At most 500 events, and whether there were more.</returns>
    public (IReadOnlyList<LiveEvent> Events, bool IsSampled) Take()
    {
        var isSampled = Interlocked.Exchange(ref lost, 0) > 0;
        var taken = new List<LiveEvent>();
        while (events.Reader.TryRead(out var happened))
        {
            if (!Question.Pattern.Matches(System.Text.Encoding.UTF8.GetBytes(happened.Message))) continue;
            if (taken.Count < LogsLimits.MaxLiveUpdate) taken.Add(happened);
            else isSampled = true;
        }

        return (taken, isSampled);
    }
}
