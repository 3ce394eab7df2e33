using System.Net.Sockets;

namespace Isobar.Local.Lambda.Processes;

/// <summary>
/// An environment with a network and mounts of its own, so that its processes see AWS's paths and addresses. A thread
/// enters the namespaces, listens in them, and starts every child there; the namespaces end with it and its children.
/// </summary>
internal sealed class NamespaceEnclosure : IEnclosure
{
    /// <summary>Source: the runtime interface emulator listens on 127.0.0.1:9001; AWS on 169.254.100.1:9001.</summary>
    private const int RuntimeApiPort = 9001;

    private readonly ProcessLauncher launcher;
    private readonly WorkThread thread;
    private readonly string root;

    /// <param name="endpointPort">Where the AWS endpoint is to be found inside; null for nowhere.</param>
    /// <exception cref="IOException">The system does not allow it.</exception>
    /// <exception cref="SocketException">The system does not allow it.</exception>
    public NamespaceEnclosure(EnclosureFolders folders, ProcessLauncher launcher, int? endpointPort)
    {
        this.launcher = launcher;
        root = Path.Combine(folders.Scratch, "root");
        thread = new WorkThread("environment " + Path.GetFileName(folders.Scratch));
        try
        {
            (RuntimeApi, Endpoint) = thread.RunAsync(() => Enter(folders, endpointPort)).GetAwaiter().GetResult();
        }
        catch
        {
            thread.Dispose();
            throw;
        }
    }

    public EnclosurePaths Paths => EnclosurePaths.OfAws;

    public Socket RuntimeApi { get; }

    public Socket? Endpoint { get; }

    public Task<ChildProcess> StartAsync(ProcessStart start) => thread.RunAsync(() => launcher.Start(start, root));

    public Task<Socket> CreateSocketAsync() => thread.RunAsync(
        () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));

    public void Dispose() => thread.Dispose();

    // Nothing here may wait: what comes after a wait would run on another thread, outside.
    private (Socket RuntimeApi, Socket? Endpoint) Enter(EnclosureFolders folders, int? endpointPort)
    {
        Libc.LeaveHostNamespaces();
        PrivateRoot.Build(root, folders);
        var runtimeApi = PlainEnclosure.Listening(RuntimeApiPort);
        try
        {
            return (runtimeApi, endpointPort is { } port ? PlainEnclosure.Listening(port) : null);
        }
        catch
        {
            runtimeApi.Dispose();
            throw;
        }
    }
}
