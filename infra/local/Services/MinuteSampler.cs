using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>
/// Takes a sample at each full minute of service time while there is something to sample: a queue's length, how much of
/// the provisioned concurrency is used. A jump of the clock passes each of the minutes.
/// </summary>
/// <remarks>There is no loop, and its timer is passive: a jump to the next timer does not stop at it.</remarks>
internal sealed class MinuteSampler : IDisposable
{
    private readonly ServiceClock clock;
    private readonly Func<DateTimeOffset, bool> sample;
    private readonly ServiceTimer timer;
    private readonly TimeSpan lead;
    private int awake;

    /// <param name="sample">
    /// Records the values of this minute with <see cref="MetricRecorder.Record"/>; whether another sample is wanted.
    /// It is called without a lock and as counted work.
    /// </param>
    /// <param name="lead">
    /// How long before the full minute, for values that are of the minute that ends then; less than a minute.
    /// </param>
    public MinuteSampler(
        string name, ServiceClock clock, Func<DateTimeOffset, bool> sample, TimeSpan lead = default)
    {
        (this.clock, this.sample, this.lead) = (clock, sample, lead);
        timer = clock.CreatePassiveTimer(name, Take);
    }

    /// <summary>
    /// There is something to sample from now on; it costs nothing when that was known. It may be called from inside a
    /// message of a monitor.
    /// </summary>
    public void Wake()
    {
        if (Volatile.Read(ref awake) == 0 && Interlocked.Exchange(ref awake, 1) == 0) Arm();
    }

    public void Dispose() => timer.Dispose();

    // Cleared first: what becomes worth a sample while this one is taken wakes it again.
    private void Take()
    {
        Volatile.Write(ref awake, 0);
        if (sample(clock.GetUtcNow())) Wake();
    }

    private void Arm()
    {
        var now = clock.GetUtcNow();
        timer.FireAt(now.AddTicks(TimeSpan.TicksPerMinute - ((now + lead).Ticks % TimeSpan.TicksPerMinute)));
    }
}
