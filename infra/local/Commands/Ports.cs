using System.Net;
using System.Net.Sockets;
using Isobar.Local.Wire;

namespace Isobar.Local.Commands;

/// <summary>Checks the ports that a host will listen on.</summary>
internal static class Ports
{
    /// <summary>Called before the build, so that a port in use is reported at once.</summary>
    /// <param name="ports">0 means any free port, and is not checked.</param>
    /// <exception cref="PortException">A port is in use.</exception>
    public static void RequireFree(params IEnumerable<int> ports)
    {
        foreach (var port in ports.Where(port => port > 0))
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
            }
            catch (SocketException e)
            {
                throw new PortException(port, e);
            }
        }
    }
}
