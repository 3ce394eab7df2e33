using System.Net;
using System.Net.Sockets;
using Isobar.Local.Wire;

namespace Isobar.Local.Commands;

/// <summary>The ports that a host is to listen at.</summary>
internal static class Ports
{
    /// <summary>Finds a taken port before the build instead of after it.</summary>
    /// <param name="ports">0, any free port, is passed over.</param>
    /// <exception cref="PortException">One of them is not free now.</exception>
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
