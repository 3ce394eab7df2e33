namespace Isobar.Local.Services.Kinesis;

/// <summary>Changes of the last 24 hours, of which AWS allows only some.</summary>
internal sealed class RecentChanges
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Queue<DateTimeOffset> times = new();

    /// <param name="maximum">Within 24 hours.</param>
    /// <returns>False when there were as many already.</returns>
    public bool TryAdd(int maximum, DateTimeOffset now)
    {
        while (times.TryPeek(out var oldest) && oldest <= now - Day) times.Dequeue();
        if (times.Count >= maximum) return false;
        times.Enqueue(now);
        return true;
    }
}
