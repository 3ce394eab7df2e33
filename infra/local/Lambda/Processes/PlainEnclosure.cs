using System.Net;
using System.Net.Sockets;

namespace Isobar.Local.Lambda.Processes;

/// <summary>
/// Plain processes: the host's file system and network, and AWS's paths rewritten to where things are.
/// </summary>
internal sealed class PlainEnclosure(EnclosureFolders folders, ProcessLauncher launcher) : IEnclosure
{
    public EnclosurePaths Paths { get; } = new(
        folders.Code, folders.Layers ?? EnclosurePaths.OfAws.Layers, folders.Temporary, DotnetHost.Root)
    {
        Runtime = folders.Runtime ?? EnclosurePaths.OfAws.Runtime,
        LanguageRoot = folders.Language?.Installation ?? EnclosurePaths.OfAws.LanguageRoot,
        Packages = folders.Language?.Packages ?? EnclosurePaths.OfAws.Packages,
    };

    /// <summary>On a free port of the host's loopback.</summary>
    public Socket RuntimeApi { get; } = Listening(0);

    public Socket? Endpoint => null;

    public Task<ChildProcess> StartAsync(ProcessStart start) => launcher.StartAsync(start);

    public Task<Socket> CreateSocketAsync() =>
        Task.FromResult(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));

    public void Dispose()
    {
    }

    public static Socket Listening(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
