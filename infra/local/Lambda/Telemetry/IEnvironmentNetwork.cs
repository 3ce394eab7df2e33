using System.Net;
using System.Net.Sockets;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>The way into an environment's own network.</summary>
internal interface IEnvironmentNetwork
{
    /// <summary>Connects to a port that a process of the environment listens on.</summary>
    /// <exception cref="SocketException">Nobody listens.</exception>
    ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken);
}

/// <summary>Without namespaces an environment's network is the machine's.</summary>
internal sealed class LoopbackNetwork : IEnvironmentNetwork
{
    public async ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
