using System.Text;
using Isobar.Local.History;
using Isobar.Local.Lambda.Processes;
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

/// <summary>One environment's log stream: the platform's lines and the processes' output, in order.</summary>
internal sealed class FunctionLog(
    FunctionConfiguration function, string environmentId, Journal journal, OutputPump pump, ServiceClock realTime)
    : IDisposable
{
    private readonly Mailbox<LogState> mailbox = new(
        $"log {environmentId}", new LogState(function.FunctionName, environmentId, journal), realTime);

    private readonly PlatformLines lines = new(function);

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
            mailbox.Post((state, _) => state.Finish(descriptor));
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
                state.DrainAll();
                state.WritePlatform(lines.InitReport(now, report.Duration, report.Failure));
                break;
            case WriteExtension extension:
                state.WritePlatform(lines.Extension(now, extension));
                break;
            case WriteStart start:
                state.Open(start.Invocation.Request);
                state.WritePlatform(lines.Start(now, start.Invocation.RequestId));
                break;
        }
    });

    /// <summary>
    /// Ends an invocation's log: what the function wrote comes before END, because it wrote it before.
    /// </summary>
    public void Write(WriteReport report, int maxMemoryUsedMb) => mailbox.Post((state, now) =>
    {
        state.DrainAll();
        if (lines.End(report.Invocation.RequestId) is { } end) state.WritePlatform(end);
        state.WritePlatform(lines.Report(now, report, maxMemoryUsedMb));
        state.Close();
    });

    /// <summary>The tail of the invocation that has just ended; empty unless it asked for one.</summary>
    public byte[] TakeTail() => mailbox.Ask((state, _) => state.TakeTail());

    public void Dispose() => mailbox.Dispose();

    private void Read(int descriptor)
    {
        if (mailbox.Ask((state, _) => state.Drain(descriptor))) pump.Remove(descriptor);
    }
}
