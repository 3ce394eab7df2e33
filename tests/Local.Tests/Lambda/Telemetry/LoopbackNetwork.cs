using System.Net;
using System.Net.Sockets;
using Isobar.Local.Lambda.Telemetry;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>The machine's own network as an environment's.</summary>
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
