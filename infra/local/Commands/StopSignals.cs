using System.Runtime.InteropServices;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Commands;

/// <summary>
/// Two reasons to stop besides Ctrl+C and SIGTERM: the terminal was closed (SIGHUP), or the program that reads the
/// output has exited, as in <c>up | head</c>. Otherwise a forgotten host would keep its ports.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private const int StandardOutput = 1;

    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration? hangUp;

    public StopSignals()
    {
        // nohup makes the program ignore SIGHUP; registering a handler would undo that.
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

    // .NET ignores the error of a write to a closed pipe, so ask the operating system.
    private void WatchOutput()
    {
        if (OperatingSystem.IsLinux() && Libc.WaitForReaderToGo(StandardOutput, Timeout.Infinite)) stop.Cancel();
    }
}
