using Isobar.Local.History;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Lambda.Telemetry;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// A line of a function's log. The journal keeps its beginning; the line is cut at <see cref="MaxCharacters"/>.
/// </summary>
/// <param name="RequestId">The invocation that was open; null before the first and between them.</param>
/// <param name="Platform">Written by the platform (START, REPORT, …) and not by the function.</param>
internal sealed record LogLineWritten(
    string FunctionName, string EnvironmentId, string? RequestId, bool Platform, string Line)
{
    public const int MaxCharacters = 2_048;

    /// <summary>The external extension that wrote the line; null for the runtime and the platform.</summary>
    public string? Extension { get; init; }
}

/// <summary>
/// One environment's log stream: the platform's lines and the processes' output, in order, for the journal and for
/// telemetry.
/// </summary>
internal sealed class FunctionLog : ITelemetryOwner, IDisposable
{
    private readonly Monitor<LogState> mailbox;
    private readonly OutputPump pump;
    private readonly PlatformLines lines;
    private readonly EventWriter events;

    public FunctionLog(
        FunctionConfiguration function, string environmentId, Journal journal, OutputPump pump, ServiceClock realTime)
    {
        this.pump = pump;
        var telemetry = new TelemetryState();
        var instance = function.LogStreamName(environmentId, realTime.GetUtcNow());
        lines = new PlatformLines(function, instance);
        events = new EventWriter(function, instance, telemetry);
        mailbox = new Monitor<LogState>(
            $"log {environmentId}", new LogState(function, environmentId, telemetry, journal), realTime);
    }

    /// <summary>Follows the output of a process until <see cref="Detach"/>.</summary>
    /// <param name="extension">The external extension whose process it is; null for the runtime's.</param>
    public void Attach(ChildProcess child, string? extension)
    {
        foreach (var descriptor in (int[])[child.Output, child.Error])
        {
            mailbox.Post((state, _) => state.Add(descriptor, extension));
            pump.Add(descriptor, () => Read(descriptor));
        }
    }

    /// <summary>Reads what is left and lets go of the process's pipes.</summary>
    public void Detach(ChildProcess child)
    {
        foreach (var descriptor in (int[])[child.Output, child.Error])
        {
            mailbox.Post((state, now) => state.Finish(descriptor, now));
            pump.Remove(descriptor);
        }
    }

    public void Write(WriteLog line) => mailbox.Post((state, now) =>
    {
        switch (line)
        {
            case WriteInitStart:
                state.WritePlatform(lines.InitStart(now));
                break;
            case WriteInitReport report:
                state.DrainAll(now);
                state.WritePlatform(lines.InitReport(now, report.Duration, report.Failure));
                break;
            case WriteExtension extension:
                state.WritePlatform(lines.Extension(now, extension));
                break;
            case WriteStart start:
                state.Open(start.Invocation.Request, now);
                state.WritePlatform(lines.Start(now, start.Invocation.Request));
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
    public void Write(WriteReport report, int maxMemoryUsedMb) => mailbox.Post((state, now) =>
    {
        state.DrainAll(now);
        if (lines.End(report.Invocation.RequestId) is { } end) state.WritePlatform(end);
        state.WritePlatform(lines.Report(now, report, maxMemoryUsedMb));
        events.Note(now, report, maxMemoryUsedMb);
        state.Close();
    });

    /// <summary>The tail of the invocation that has just ended; empty unless it asked for one.</summary>
    public byte[] TakeTail() => mailbox.Ask((state, _) => state.TakeTail());

    TAnswer ITelemetryOwner.Ask<TAnswer>(Func<TelemetryState, DateTimeOffset, TAnswer> question) =>
        mailbox.Ask((state, now) => question(state.Telemetry, now));

    public void Dispose() => mailbox.Dispose();

    private bool Read(int descriptor) => mailbox.Ask((state, now) => state.Drain(descriptor, now));
}
