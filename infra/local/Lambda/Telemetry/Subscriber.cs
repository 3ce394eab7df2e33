namespace Isobar.Local.Lambda.Telemetry;

/// <summary>
/// One subscriber's buffer and what is on its way to it. A worker parks in <see cref="Take"/>; whatever happens next
/// is decided here, with time as an argument.
/// </summary>
/// <remarks>
/// While the environment is stopped nothing is due: its listener can not answer, and that is not its fault. A retry of
/// what it had taken before it was stopped would reach it twice.
/// </remarks>
internal sealed class Subscriber(Subscription subscription)
{
    private readonly Queue<(ReadOnlyMemory<byte> Event, DateTimeOffset Arrived)> held = [];
    private readonly List<TaskCompletionSource> waitingForEmpty = [];
    private long heldBytes;
    private long droppedRecords;
    private long droppedBytes;
    private TaskCompletionSource<Attempt?>? parked;
    private Attempt? underWay;
    private Batch? again;
    private int attempts;
    private DateTimeOffset due;
    private DateTimeOffset pausedAt;
    private bool paused;
    private bool flushing;
    private bool closed;

    public Subscription Subscription { get; set; } = subscription;

    /// <summary>Events lost so far, those included that were reported to the subscriber.</summary>
    public long Lost { get; private set; }

    /// <summary>When an answer is overdue, or the next attempt or the buffer is due.</summary>
    public DateTimeOffset? NextDue =>
        closed || paused ? null
        : underWay is not null || again is not null ? due
        : held.TryPeek(out var oldest) ? oldest.Arrived + Subscription.Buffering.Timeout
        : null;

    private bool Idle => held.Count == 0 && underWay is null && again is null;

    private bool Full =>
        held.Count >= Subscription.Buffering.MaxItems || heldBytes >= Subscription.Buffering.MaxBytes;

    public void Add(TelemetryEvent happened, DateTimeOffset now)
    {
        if (closed || Subscription.Of(happened) is not { } json) return;
        held.Enqueue((json, now));
        heldBytes += json.Length;
        while (held.Count > 1 && (held.Count > Subscription.Buffering.MaxItems * TelemetryLimits.HeldBuffers
            || heldBytes > (long)Subscription.Buffering.MaxBytes * TelemetryLimits.HeldBuffers))
        {
            var oldest = held.Dequeue().Event;
            heldBytes -= oldest.Length;
            Lose(1, oldest.Length);
        }

        Offer(now);
    }

    /// <summary>What to deliver next, now or when there is something; null once the subscriber is gone.</summary>
    public Task<Attempt?> Take(DateTimeOffset now)
    {
        if (closed) return Task.FromResult<Attempt?>(null);
        parked = new TaskCompletionSource<Attempt?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = parked.Task;
        Offer(now);
        return taken;
    }

    public void Succeeded() => EndAttempt();

    public void Failed(DateTimeOffset now)
    {
        var batch = underWay!.Batch;
        underWay = null;
        if (attempts < TelemetryLimits.MaxAttempts)
        {
            again = batch;
            due = now + TelemetryLimits.FirstPause * (1 << (attempts - 1));
            return;
        }

        Lose(batch.Records, batch.Bytes);
        droppedRecords += batch.ReportedRecords;
        droppedBytes += batch.ReportedBytes;
        EndAttempt();
    }

    public void OnDue(DateTimeOffset now)
    {
        if (NextDue is not { } instant || instant > now) return;

        // The worker answers with Failed; until then the attempt is not given up again.
        underWay?.GiveUp();
        if (underWay is not null) due = DateTimeOffset.MaxValue;
        else Offer(now);
    }

    /// <summary>The environment's processes are stopped; what time they had left to answer, they keep.</summary>
    public void Pause(DateTimeOffset now)
    {
        if (paused) return;
        paused = true;
        pausedAt = now;
    }

    public void Resume(DateTimeOffset now)
    {
        if (!paused) return;
        paused = false;
        if ((underWay is not null || again is not null) && due != DateTimeOffset.MaxValue) due += now - pausedAt;
        Offer(now);
    }

    /// <summary>From now on nothing waits for company.</summary>
    /// <returns>Completes when nothing is held or under way, or the subscriber is gone.</returns>
    public Task Flush(DateTimeOffset now)
    {
        flushing = true;
        if (again is not null) due = now;
        Offer(now);
        if (closed || Idle) return Task.CompletedTask;
        var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waitingForEmpty.Add(empty);
        return empty.Task;
    }

    /// <summary>Nobody listens any more.</summary>
    /// <returns>How many events were not delivered.</returns>
    public int Close()
    {
        var left = held.Count + (underWay?.Batch.Records ?? 0) + (again?.Records ?? 0);
        closed = true;
        held.Clear();
        underWay?.GiveUp();
        parked?.TrySetResult(null);
        parked = null;
        AnnounceEmpty();
        return left;
    }

    private void Offer(DateTimeOffset now)
    {
        if (parked is null || underWay is not null || paused || closed) return;
        if (again is not null ? due > now : held.Count == 0 || !(flushing || Full || NextDue <= now)) return;
        var batch = again ?? Gather(now);
        again = null;
        attempts++;
        underWay = new Attempt(batch, attempts);
        due = now + TelemetryLimits.AttemptTimeout;
        parked.SetResult(underWay);
        parked = null;
    }

    private Batch Gather(DateTimeOffset now)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        var (reportedRecords, reportedBytes) = (0L, 0L);
        if (droppedRecords > 0 && Subscription.Types.HasFlag(TelemetryTypes.Platform))
        {
            events.Add(PlatformEvents.LogsDropped(now, droppedRecords, droppedBytes).Json);
            (reportedRecords, reportedBytes) = (droppedRecords, droppedBytes);
            (droppedRecords, droppedBytes) = (0, 0);
        }

        long bytes = 0;
        while (held.TryPeek(out var next) && events.Count < Subscription.Buffering.MaxItems
            && (bytes == 0 || bytes + next.Event.Length <= Subscription.Buffering.MaxBytes))
        {
            events.Add(next.Event);
            bytes += next.Event.Length;
            held.Dequeue();
        }

        heldBytes -= bytes;
        return new Batch(events, bytes, reportedRecords, reportedBytes);
    }

    private void Lose(int records, long bytes)
    {
        Lost += records;
        droppedRecords += records;
        droppedBytes += bytes;
    }

    private void EndAttempt()
    {
        underWay = null;
        attempts = 0;
        if (Idle) AnnounceEmpty();
    }

    private void AnnounceEmpty()
    {
        foreach (var waiter in waitingForEmpty) waiter.TrySetResult();
        waitingForEmpty.Clear();
    }
}
