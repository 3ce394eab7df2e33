using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>
/// An environment's telemetry stream: who subscribed, and what happened before anybody could. Owned by the monitor of
/// the environment's log, because there the order of lines and events is decided.
/// </summary>
internal sealed class TelemetryState : ITimedState
{
    private readonly Dictionary<string, Subscriber> subscribers = new(StringComparer.Ordinal);
    private readonly Queue<TelemetryEvent> replay = [];
    private long replayBytes;
    private bool open;

    /// <summary>Whether anybody is or could still be interested in events.</summary>
    public bool IsWanted => open || subscribers.Count > 0;

    /// <summary>Whether there is anybody to whom the older API's own events go.</summary>
    public bool HasLogsSubscriber =>
        subscribers.Values.Any(subscriber => subscriber.Subscription.Api == TelemetryApiKind.Logs);

    public DateTimeOffset? NextDue => subscribers.Count == 0
        ? null
        : subscribers.Values.Min(subscriber => subscriber.NextDue);

    public void OnDue(DateTimeOffset now)
    {
        foreach (var subscriber in subscribers.Values) subscriber.OnDue(now);
    }

    /// <summary>Processes start: the subscriptions of the ones before are over, and new ones may come.</summary>
    public void Begin()
    {
        CloseAll();
        open = true;
    }

    /// <summary>The init phase is over: nobody may subscribe any more.</summary>
    public void CloseSubscriptions()
    {
        open = false;
        replay.Clear();
        replayBytes = 0;
    }

    /// <summary>Adds a subscriber, and gives it what happened since the processes were started.</summary>
    /// <returns>Null once subscriptions are closed; whether the subscriber is new, and needs a worker.</returns>
    public (Subscriber Subscriber, bool IsNew)? Subscribe(string name, Subscription subscription, DateTimeOffset now)
    {
        if (!open) return null;
        if (subscribers.TryGetValue(name, out var known))
        {
            known.Subscription = subscription;
            return (known, false);
        }

        var subscriber = subscribers[name] = new Subscriber(subscription);
        foreach (var earlier in replay) subscriber.Add(earlier, now);
        Add(PlatformEvents.Subscribed(now, name, subscription), now);
        return (subscriber, true);
    }

    public void Add(TelemetryEvent happened, DateTimeOffset now)
    {
        foreach (var subscriber in subscribers.Values) subscriber.Add(happened, now);
        if (!open) return;
        replay.Enqueue(happened);
        replayBytes += happened.Json.Length;
        while (replay.Count > TelemetryLimits.MaxReplayedItems || replayBytes > TelemetryLimits.MaxReplayedBytes)
            replayBytes -= replay.Dequeue().Json.Length;
    }

    public void Pause(DateTimeOffset now)
    {
        foreach (var subscriber in subscribers.Values) subscriber.Pause(now);
    }

    public void Resume(DateTimeOffset now)
    {
        foreach (var subscriber in subscribers.Values) subscriber.Resume(now);
    }

    /// <summary>The environment shuts down: what is held is delivered now, and what comes at once.</summary>
    /// <returns>Completes when all of it is delivered or nobody listens any more.</returns>
    public Task Flush(DateTimeOffset now) =>
        Task.WhenAll(subscribers.Values.Select(subscriber => subscriber.Flush(now)));

    /// <summary>The extension's process has ended.</summary>
    public void Unsubscribe(string name)
    {
        if (subscribers.Remove(name, out var subscriber)) subscriber.Close();
    }

    public void CloseAll()
    {
        foreach (var subscriber in subscribers.Values) subscriber.Close();
        subscribers.Clear();
        CloseSubscriptions();
    }
}
