using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>
/// One mapping's way from messages to invocations: waits for a slot, gathers a batch, has it run, tries it again when
/// it was throttled, until it is stopped.
/// </summary>
internal sealed class MappingState(QueueMapping mapping) : ITimedState, IDecidingState<MappingEffect>
{
    private readonly BatchSlots slots = new(mapping.Concurrency);
    private readonly Queue<(SourceRecord Message, DateTimeOffset Received)> carried = new();
    private readonly HashSet<Batch> batches = [];
    private readonly HashSet<string> groupsUnderWay = new(StringComparer.Ordinal);

    // What is to happen to batches, and when; an entry whose instant is no longer the batch's is passed over.
    private readonly PriorityQueue<Batch, DateTimeOffset> agenda = new();
    private MessageBatch? gathering;
    private bool isReceiving;
    private bool isReceiveEnding;
    private DateTimeOffset? pausedUntil;
    private int faults;
    private bool stopped;

    public Effects<MappingEffect> Effects { get; } = new();

    /// <summary>Batches that are invoked or wait for another attempt.</summary>
    public int UnderWay => batches.Count;

    public DateTimeOffset? NextDue
    {
        get
        {
            while (agenda.TryPeek(out var batch, out var at) && batch.RetryAt != at && batch.KeepHiddenAt != at)
                agenda.Dequeue();
            return Earliest(agenda.TryPeek(out _, out var next) ? next : null,
                stopped ? null : Earliest(pausedUntil, Earliest(slots.NextDue, WindowEnd)));
        }
    }

    private DateTimeOffset? WindowEnd =>
        gathering is { Messages.Count: > 0 } && mapping.BatchingWindow > TimeSpan.Zero && !isReceiveEnding
            ? gathering.FirstReceived + mapping.BatchingWindow
            : null;

    public void Start(DateTimeOffset now) => Proceed(now);

    /// <summary>The receive has ended.</summary>
    /// <param name="messages">None when it was ended before there were any.</param>
    public void Received(IReadOnlyList<SourceRecord> messages, DateTimeOffset now)
    {
        (isReceiving, isReceiveEnding) = (false, false);
        if (messages.Count > 0) faults = 0;
        foreach (var message in messages) carried.Enqueue((message, now));
        if (stopped) HandBackUnseen();
        else Proceed(now);
    }

    /// <summary>The queue could not be read: the mapping goes on after 1, 2, 4 … at most 60 s.</summary>
    public void ReceiveFailed(DateTimeOffset now)
    {
        (isReceiving, isReceiveEnding) = (false, false);
        pausedUntil = now + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(faults++, 6)), 60));
        if (stopped) HandBackUnseen();
        else Proceed(now);
    }

    /// <summary>The batch's invocation begins, or waits for this machine.</summary>
    /// <param name="timeout">Of the function.</param>
    /// <param name="visibility">Of the queue, now.</param>
    public void Invoking(Batch batch, TimeSpan timeout, TimeSpan visibility, DateTimeOffset now)
    {
        batch.Visibility = visibility;
        if (batch.HiddenUntil == default) batch.HiddenUntil = batch.FirstReceived + visibility;
        // On AWS it would have ended before its messages are visible again. If it has not, this machine is too slow,
        // which must not count as a receive.
        if (now + timeout <= batch.HiddenUntil) KeepHiddenLater(batch, now);
    }

    /// <summary>Lambda has not run the batch. It is tried again if it can end before its messages are visible, and as
    /// long as it takes if this machine is the reason.</summary>
    /// <returns>When it is tried again; null when its messages are left to reappear.</returns>
    public DateTimeOffset? Refused(Batch batch, bool isMachineFull, TimeSpan timeout, DateTimeOffset now)
    {
        var doubled = batch.Backoff == TimeSpan.Zero ? MappingLimits.FirstBackoff : batch.Backoff * 2;
        batch.Backoff = doubled < MappingLimits.LastBackoff ? doubled : MappingLimits.LastBackoff;
        var next = now + batch.Backoff;
        if (stopped || (!isMachineFull && next + timeout > batch.HiddenUntil))
        {
            if (stopped) Effects.Add(new HandBack(batch.Messages));
            Ended(batch, backOff: true, now);
            return null;
        }

        batch.KeepHiddenAt = null;
        batch.RetryAt = next;
        agenda.Enqueue(batch, next);
        if (isMachineFull) KeepHiddenLater(batch, now);
        return next;
    }

    /// <summary>The batch is settled.</summary>
    /// <param name="backOff">The function failed as a whole.</param>
    public void Ended(Batch batch, bool backOff, DateTimeOffset now)
    {
        Leave(batch, backOff);
        if (!batch.IsDone) HandBackBehind(batch);
        if (stopped) ReportIfStopped();
        else Proceed(now);
    }

    public void OnDue(DateTimeOffset now)
    {
        while (NextDue <= now && agenda.TryPeek(out var batch, out var at) && at <= now)
        {
            agenda.Dequeue();
            if (batch.KeepHiddenAt == at)
            {
                batch.HiddenUntil = now + batch.Visibility;
                Effects.Add(new KeepHidden(batch, batch.Visibility));
                KeepHiddenLater(batch, now);
            }

            if (batch.RetryAt != at) continue;
            batch.RetryAt = null;
            Effects.Add(new RunBatch(batch));
        }

        if (stopped) return;
        if (pausedUntil <= now) pausedUntil = null;
        if (slots.NextDue <= now) slots.OnDue(now);
        Proceed(now);
    }

    /// <summary>Receives nothing more, hands back what no invocation has seen, and lets the others end.</summary>
    public void Stop()
    {
        if (stopped) return;
        stopped = true;
        if (isReceiving && !isReceiveEnding) Effects.Add(new EndReceive());
        foreach (var batch in batches.Where(batch => batch.RetryAt is not null).ToArray())
        {
            Effects.Add(new HandBack(batch.Messages));
            Leave(batch, backOff: false);
        }

        HandBackUnseen();
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;

    private void Proceed(DateTimeOffset now)
    {
        while (true)
        {
            if (gathering is null)
            {
                if (pausedUntil > now || !slots.TryEnter(now)) return;
                gathering = new MessageBatch(mapping.BatchSize);
            }

            while (carried.TryPeek(out var first) && !IsUnderWay(first.Message.Group)
                && gathering.TryAdd(first.Message, first.Received)) carried.Dequeue();
            // What is carried waits for the batch of its group to end.
            if (gathering.Messages.Count == 0 && carried.Count > 0) return;
            if (!IsComplete(gathering, now)) break;
            if (isReceiving)
            {
                if (!isReceiveEnding) Effects.Add(new EndReceive());
                isReceiveEnding = true;
                return;
            }

            var batch = new Batch(gathering);
            batches.Add(batch);
            groupsUnderWay.UnionWith(batch.Groups);
            Effects.Add(new RunBatch(batch));
            gathering = null;
        }

        if (isReceiving || pausedUntil > now) return;
        isReceiving = true;
        Effects.Add(new BeginReceive(gathering.Room));
    }

    private bool IsComplete(MessageBatch batch, DateTimeOffset now) => batch.Messages.Count > 0
        && (batch.Room == 0 || carried.Count > 0 || batch.FirstReceived + mapping.BatchingWindow <= now);

    // Well before its messages become visible, so that a busy machine does not come too late with it; but never at
    // once, because an attempt that is throttled ends at once and must not keep them hidden.
    private void KeepHiddenLater(Batch batch, DateTimeOffset now)
    {
        if (batch.Visibility <= TimeSpan.Zero) return;
        var at = batch.HiddenUntil - batch.Visibility / 4;
        batch.KeepHiddenAt = at > now ? at : now + (batch.HiddenUntil - now) / 2;
        agenda.Enqueue(batch, batch.KeepHiddenAt.Value);
    }

    private void Leave(Batch batch, bool backOff)
    {
        (batch.RetryAt, batch.KeepHiddenAt) = (null, null);
        batches.Remove(batch);
        groupsUnderWay.ExceptWith(batch.Groups);
        slots.Leave(backOff);
    }

    private bool IsUnderWay(string? group) => group is not null && groupsUnderWay.Contains(group);

    // Messages of a group that was not finished must not overtake those that reappear.
    private void HandBackBehind(Batch batch)
    {
        var behind = carried.Where(entry => entry.Message.Group is { } group && batch.Groups.Contains(group)).ToArray();
        if (behind.Length == 0) return;
        var others = carried.Except(behind).ToArray();
        carried.Clear();
        foreach (var entry in others) carried.Enqueue(entry);
        Effects.Add(new HandBack([.. behind.Select(entry => entry.Message)]));
    }

    private void HandBackUnseen()
    {
        SourceRecord[] unseen = [.. gathering?.Messages ?? [], .. carried.Select(entry => entry.Message)];
        if (unseen.Length > 0) Effects.Add(new HandBack(unseen));
        gathering = null;
        carried.Clear();
        ReportIfStopped();
    }

    private void ReportIfStopped()
    {
        if (!isReceiving && batches.Count == 0) Effects.Add(new ReportStopped());
    }
}
