using System.Diagnostics;
using System.IO.Pipes;

namespace Isobar.Local.Lambda.Processes;

/// <summary>A running child, alone in a session and process group of its own where the system allows it.</summary>
internal sealed class ChildProcess
{
    private readonly Process process;

    // Signals to the group carry its negated id. Without a group of its own, the child shares the host's: then only
    // the child itself may be signalled, or a stop would stop the host.
    private readonly int target;

    internal ChildProcess(Process process, bool ownGroup)
    {
        this.process = process;
        Id = process.Id;
        target = ownGroup ? -Id : Id;
        Output = Descriptor(process.StandardOutput);
        Error = Descriptor(process.StandardError);
    }

    public int Id { get; }

    /// <summary>The reading ends of its standard output and standard error; not blocking.</summary>
    public int Output { get; }

    public int Error { get; }

    /// <summary>Completes when the process has ended, with nothing of its group left.</summary>
    public async Task<ProcessEnd> WaitForEndAsync()
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        var end = ProcessEnd.FromExitCode(process.ExitCode);
        Kill();
        return end;
    }

    public void Stop() => Libc.Signal(target, Libc.SignalStop);

    public void Continue() => Libc.Signal(target, Libc.SignalContinue);

    /// <summary>Asks it to end. A stopped process would not hear that, so it is continued first.</summary>
    public void Terminate()
    {
        Libc.Signal(target, Libc.SignalContinue);
        Libc.Signal(target, Libc.SignalTerminate);
    }

    public void Kill() => Libc.Signal(target, Libc.SignalKill);

    /// <summary>Closes the pipes; the process has ended.</summary>
    public void Release() => process.Dispose();

    private static int Descriptor(StreamReader reader)
    {
        var descriptor = (int)((PipeStream)reader.BaseStream).SafePipeHandle.DangerousGetHandle();
        Libc.MakeNonBlocking(descriptor);
        return descriptor;
    }
}
