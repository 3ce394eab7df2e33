using System.Runtime.InteropServices;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Commands;

/// <summary>
/// The reasons to stop: Ctrl+C, SIGTERM, a terminal that was closed (SIGHUP), and the end of the program that reads the
/// output, as in <c>up | head</c>. Otherwise a forgotten host would keep its ports.
/// </summary>
/// <remarks>
/// The command line handles Ctrl+C and SIGTERM too, with a bound on the time, but only once the command runs; what the
/// command has made by then would stay.
/// </remarks>
internal sealed class StopSignals : IDisposable
{
    private const int StandardOutput = 1;

    private static readonly (PosixSignal Signal, int Number)[] Signals =
    [
        (PosixSignal.SIGHUP, Libc.SignalHangUp), (PosixSignal.SIGINT, Libc.SignalInterrupt),
        (PosixSignal.SIGTERM, Libc.SignalTerminate),
    ];

    private readonly CancellationTokenSource stop = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public StopSignals()
    {
        // nohup makes the program ignore SIGHUP, and a shell has its background jobs ignore SIGINT; registering a
        // handler would undo that.
        foreach (var (signal, number) in Signals)
            if (!Libc.IsIgnored(number)) registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        new Thread(WatchOutput) { IsBackground = true, Name = "standard output's reader" }.Start();
    }

    /// <summary>Cancelled when the program is to stop.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Whether nobody reads the output any more.</summary>
    public static bool IsOutputGone() => OperatingSystem.IsLinux() && Libc.WaitForReaderToGo(StandardOutput, 0);

    // The source is not disposed: the thread may cancel it at any time until the process ends.
    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }

    // .NET ignores the error of a write to a closed pipe, so ask the operating system.
    private void WatchOutput()
    {
        if (OperatingSystem.IsLinux() && Libc.WaitForReaderToGo(StandardOutput, Timeout.Infinite)) stop.Cancel();
    }
}
