using System.Diagnostics;

namespace Isobar.Local.Lambda.Processes;

/// <summary>
/// Starts children so that none outlives the host: each in its own session (<c>setsid</c>), killed by the kernel when
/// the host dies (<c>setpriv --pdeathsig</c>), its whole group known to the <see cref="Guardian"/>.
/// </summary>
/// <remarks>
/// The kernel's signal comes when the thread that started the child ends, not the process; so the thread that starts
/// one lives until it is over. Where a tool is missing (macOS), children start plainly and the guardian remains.
/// </remarks>
internal sealed class ProcessLauncher : IDisposable
{
    private readonly string? setsid = Tool("setsid");
    private readonly string? setpriv = Tool("setpriv");
    private readonly Guardian guardian;
    private readonly WorkThread starter = new("process launcher");

    public ProcessLauncher() => guardian = new Guardian(setsid);

    /// <summary>Changes a child's root and working directory: <c>unshare</c>; null where it is missing.</summary>
    public string? RootChanger { get; } = Tool("unshare");

    /// <summary>Starts a process.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system would not start it.</exception>
    public Task<ChildProcess> StartAsync(ProcessStart start) => starter.RunAsync(() => Start(start, null));

    /// <summary>Starts a process from the calling thread, in that thread's namespaces.</summary>
    /// <param name="root">What is <c>/</c> to it; null for the host's own.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The system would not start it.</exception>
    public ChildProcess Start(ProcessStart start, string? root)
    {
        var command = new List<string>();
        if (setsid is not null) command.Add(setsid);
        if (setpriv is not null) command.AddRange([setpriv, "--pdeathsig", "KILL", "--"]);
        if (root is not null)
            command.AddRange([RootChanger!, "--root=" + root, "--wd=" + start.WorkingDirectory, "--"]);
        command.Add(start.File);
        command.AddRange(start.Arguments);

        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = root is null ? start.WorkingDirectory : "/",
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

    /// <summary>The process has ended: the guardian need not kill it any more.</summary>
    public void Forget(ChildProcess child) => guardian.Forget(child.Id);

    public void Dispose()
    {
        starter.Dispose();
        guardian.Dispose();
    }

    private static string? Tool(string name) =>
        new[] { "/usr/bin/", "/bin/" }.Select(directory => directory + name).FirstOrDefault(File.Exists);
}
