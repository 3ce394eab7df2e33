using System.Net;
using System.Net.Sockets;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>The way into an environment's own network.</summary>
internal interface IEnvironmentNetwork
{
    /// <summary>Connects to a port that a process of the environment listens on.</summary>
    /// <exception cref="SocketException">Nobody listens.</exception>
    ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken);
}

/// <summary>The network that the processes of an enclosure share.</summary>
internal sealed class EnclosureNetwork(IEnclosure enclosure) : IEnvironmentNetwork
{
    public async ValueTask<Stream> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = await enclosure.CreateSocketAsync();
        try
        {
            socket.NoDelay = true;
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
