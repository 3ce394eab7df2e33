namespace Isobar.Instrumentation.Lambda;

/// <summary>
/// Follows the calls of Lambda's own runtime client, which is in the same process, to know when an invocation is over.
/// Thread-safe.
/// </summary>
/// <remarks>Source of the paths: Lambda developer guide, "Using the Lambda runtime API".</remarks>
internal sealed class RuntimeWatch
{
    /// <summary>How long the runtime's first call waits for the extension to register: one second. Ours.</summary>
    private static readonly TimeSpan RegistrationBound = TimeSpan.FromSeconds(1);

    private readonly object gate = new();
    private bool registered;
    private int asked;
    private (Guid Call, string RequestId)? answering;
    private string? answered;

    /// <summary>Whether the runtime's calls are seen at all: a client without HttpClient is not.</summary>
    public bool Sees
    {
        get
        {
            lock (gate) return asked > 0;
        }
    }

    /// <summary>
    /// The runtime calls Lambda. Registration closes with its first <c>next</c>, so that one waits until the extension
    /// has registered, which it has done long before unless the function starts in a few milliseconds.
    /// </summary>
    public void Begin(Guid id, string path)
    {
        lock (gate)
        {
            if (path.EndsWith("/invocation/next", StringComparison.Ordinal))
            {
                if (asked == 0 && !registered) Monitor.Wait(gate, RegistrationBound);
                asked++;
                Monitor.PulseAll(gate);
            }
            else if (path.Split('/') is [.., "invocation", var requestId, "response" or "error"])
            {
                answering = (id, requestId);
            }
        }
    }

    /// <returns>Whether it was one of the runtime's calls.</returns>
    public bool End(Guid id)
    {
        lock (gate)
        {
            if (answering is not { } call || call.Call != id) return false;
            (answered, answering) = (call.RequestId, null);
            Monitor.PulseAll(gate);
            return true;
        }
    }

    /// <summary>The extension has registered, or was refused.</summary>
    public void Registered()
    {
        lock (gate)
        {
            registered = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until the runtime has answered an invocation or asks for another one.</summary>
    /// <param name="invocations">How many there have been in this process, with this one.</param>
    /// <param name="bound">How long to wait at most.</param>
    /// <returns>False if it has done neither within the bound.</returns>
    public bool WaitForAnswer(string requestId, int invocations, TimeSpan bound)
    {
        lock (gate)
        {
            var since = TimeProvider.System.GetTimestamp();
            while (answered != requestId && asked <= invocations)
            {
                var left = bound - TimeProvider.System.GetElapsedTime(since);
                if (left <= TimeSpan.Zero) return false;
                Monitor.Wait(gate, left);
            }

            return true;
        }
    }
}
