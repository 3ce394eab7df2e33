using System.Collections.Concurrent;
using System.Diagnostics;

namespace Isobar.Local.Lambda.Processes;

/// <summary>
/// Starts children so that none outlives the host: each in its own session (<c>setsid</c>), killed by the kernel when
/// the host dies (<c>setpriv --pdeathsig</c>), its whole group known to the <see cref="Guardian"/>.
/// </summary>
/// <remarks>
/// The kernel's signal comes when the thread that started the child ends, not the process; so one thread starts all of
/// them and lives as long as the host. Where a tool is missing (macOS), children start plainly and the guardian
/// remains.
/// </remarks>
internal sealed class ProcessLauncher : IDisposable
{
    // At most a few starts an environment are under way at once.
    private const int MaxWaitingStarts = 1_024;

    private readonly BlockingCollection<(ProcessStart Start, TaskCompletionSource<ChildProcess> Started)> starts =
        new(MaxWaitingStarts);

    private readonly string? setsid = Tool("setsid");
    private readonly string? setpriv = Tool("setpriv");
    private readonly Guardian guardian;

    public ProcessLauncher()
    {
        guardian = new Guardian(setsid);
        new Thread(StartEach) { IsBackground = true, Name = "process launcher" }.Start();
    }

    /// <summary>Starts a process.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system would not start it.</exception>
    public Task<ChildProcess> StartAsync(ProcessStart start)
    {
        var started = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        starts.Add((start, started));
        return started.Task;
    }

    /// <summary>The process has ended: the guardian need not kill it any more.</summary>
    public void Forget(ChildProcess child) => guardian.Forget(child.Id);

    public void Dispose()
    {
        starts.CompleteAdding();
        guardian.Dispose();
    }

    private void StartEach()
    {
        foreach (var (start, started) in starts.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Start(start));
            }
            catch (Exception reason) when (reason is System.ComponentModel.Win32Exception or IOException)
            {
                started.SetException(reason);
            }
        }
    }

    private ChildProcess Start(ProcessStart start)
    {
        var command = new List<string>();
        if (setsid is not null) command.Add(setsid);
        if (setpriv is not null) command.AddRange([setpriv, "--pdeathsig", "KILL", "--"]);
        command.Add(start.File);
        command.AddRange(start.Arguments);

        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = start.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment) info.Environment[name] = value;

        var process = Process.Start(info)!;
        guardian.Watch(process.Id);
        process.StandardInput.Close();
        return new ChildProcess(process, ownGroup: setsid is not null);
    }

    private static string? Tool(string name) =>
        new[] { "/usr/bin/", "/bin/" }.Select(directory => directory + name).FirstOrDefault(File.Exists);
}
