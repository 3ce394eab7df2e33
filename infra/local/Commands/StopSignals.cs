using System.Runtime.InteropServices;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Commands;

/// <summary>
/// Two reasons to stop that come beside Ctrl+C and SIGTERM: the terminal was closed (SIGHUP), or whoever read the
/// output has gone, as <c>head</c> does. A host that nobody sees would keep its ports.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int StandardOutput = 1;

    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration? hangUp;

    public StopSignals()
    {
        // A program started by nohup ignores the signal; it is not to be told otherwise.
        if (!Libc.IsIgnored(Libc.SignalHangUp))
            hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp);
        new Thread(WatchOutput) { IsBackground = true, Name = "standard output's reader" }.Start();
    }

    /// <summary>Cancelled when the program is to stop.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>Whether nobody reads the output any more.</summary>
    public static bool IsOutputGone() => OperatingSystem.IsLinux() && Libc.WaitForReaderToGo(StandardOutput, 0);

    // The source is not disposed: the thread may cancel it at any time until the process ends.
    public void Dispose() => hangUp?.Dispose();

    private void OnHangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }

    // .NET passes over writes to a pipe that nobody reads, so that only the system can tell.
    private void WatchOutput()
    {
        if (OperatingSystem.IsLinux() && Libc.WaitForReaderToGo(StandardOutput, Timeout.Infinite)) stop.Cancel();
    }
}
