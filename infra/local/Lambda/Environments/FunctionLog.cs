using Isobar.Local.Lambda.Processes;
using Isobar.Local.Lambda.Telemetry;
using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// One environment's log stream: the platform's lines and the processes' output, in order, for the log sinks and for
/// telemetry.
/// </summary>
internal sealed class FunctionLog : ITelemetryOwner, IDisposable
{
    private readonly Monitor<LogState> monitor;
    private readonly OutputPump pump;
    private readonly PlatformLines lines;
    private readonly EventWriter events;

    public FunctionLog(
        FunctionConfiguration function, string environmentId, ILogSink sinks, OutputPump pump,
        ServiceClock realTime)
    {
        this.pump = pump;
        var telemetry = new TelemetryState();
        var instance = function.LogStreamName(environmentId, realTime.GetUtcNow());
        lines = new PlatformLines(function, instance);
        events = new EventWriter(function, instance, telemetry);
        monitor = new Monitor<LogState>(
            $"log {environmentId}", new LogState(function, environmentId, instance, telemetry, sinks), realTime);
    }

    /// <summary>Follows the output of a process until <see cref="Detach"/>.</summary>
    /// <param name="extension">The external extension whose process it is; null for the runtime's.</param>
    public void Attach(ChildProcess child, string? extension)
    {
        foreach (var descriptor in (int[])[child.Output, child.Error])
        {
            monitor.Post((state, _) => state.Add(descriptor, extension));
            pump.Add(descriptor, () => Read(descriptor));
        }
    }

    /// <summary>Reads what is left and lets go of the process's pipes.</summary>
    public void Detach(ChildProcess child)
    {
        foreach (var descriptor in (int[])[child.Output, child.Error])
        {
            monitor.Post((state, now) => state.Finish(descriptor, now));
            pump.Remove(descriptor);
        }
    }

    public void Write(WriteLog line) => monitor.Post((state, now) =>
    {
        switch (line)
        {
            case WriteInitStart:
                if (lines.InitStart(now) is { } begun) state.WritePlatform(begun, now);
                break;
            case WriteInitReport report:
                state.DrainAll(now);
                state.WritePlatform(lines.InitReport(now, report.Duration, report.Failure), now);
                break;
            case WriteExtension extension:
                state.WritePlatform(lines.Extension(now, extension), now);
                break;
            case WriteStart start:
                state.Open(start.Invocation.Request, now);
                state.WritePlatform(lines.Start(now, start.Invocation.Request), now);
                break;

            // What the runtime wrote before it was done comes before the event that says so.
            case WriteInitRuntimeDone or WriteRuntimeDone when state.Telemetry.IsWanted:
                state.DrainAll(now);
                break;
        }

        events.Note(now, line);
    });

    /// <summary>
    /// Ends an invocation's log: what the function wrote comes before END, because it wrote it before.
    /// </summary>
    public void Write(WriteReport report, int maxMemoryUsedMb) => monitor.Post((state, now) =>
    {
        state.DrainAll(now);
        if (lines.End(report.Invocation.RequestId) is { } end) state.WritePlatform(end, now);
        state.WritePlatform(lines.Report(now, report, maxMemoryUsedMb), now);
        events.Note(now, report, maxMemoryUsedMb);
        state.Close();
    });

    /// <summary>The tail of the invocation that has just ended; empty unless it asked for one.</summary>
    public byte[] TakeTail() => monitor.Ask((state, _) => state.TakeTail());

    TAnswer ITelemetryOwner.Ask<TAnswer>(Func<TelemetryState, DateTimeOffset, TAnswer> question) =>
        monitor.Ask((state, now) => question(state.Telemetry, now));

    public void Dispose() => monitor.Dispose();

    private bool Read(int descriptor) => monitor.Ask((state, now) => state.Drain(descriptor, now));
}
