namespace Isobar.Instrumentation.Calls;

/// <summary>The calls that were made since they were last taken, and those that are under way. Thread-safe.</summary>
internal sealed class CallLog(TimeProvider clock)
{
    /// <summary>Calls kept for one invocation; further ones are counted. Ours: CloudWatch reads at most 100 values of
    /// one metric in a line.</summary>
    public const int MaxCalls = 100;

    /// <summary>Calls under way that are timed; further ones are counted. Ours.</summary>
    public const int MaxUnderWay = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, (string Method, Uri Address, DateTimeOffset Begun, long Timestamp)> underWay = [];
    private List<Call> made = [];
    private int missed;

    public void Begin(Guid id, string method, Uri address)
    {
        lock (gate)
        {
            if (underWay.Count < MaxUnderWay)
                underWay[id] = (method, address, clock.GetUtcNow(), clock.GetTimestamp());
            else
                missed++;
        }
    }

    /// <param name="status">Of the response; 0 without one.</param>
    public void End(Guid id, int status)
    {
        lock (gate)
        {
            if (!underWay.Remove(id, out var call)) return;
            if (made.Count < MaxCalls)
                made.Add(new Call(
                    call.Method, call.Address, call.Begun, clock.GetElapsedTime(call.Timestamp), status));
            else
                missed++;
        }
    }

    /// <summary>The calls that ended since the last time.</summary>
    /// <param name="uncounted">How many others there were.</param>
    public IReadOnlyList<Call> Take(out int uncounted)
    {
        lock (gate)
        {
            (uncounted, missed) = (missed, 0);
            if (made.Count == 0) return [];
            var taken = made;
            made = [];
            return taken;
        }
    }
}
