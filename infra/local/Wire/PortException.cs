using System.Net.Sockets;

namespace Isobar.Local.Wire;

/// <summary>Nothing can listen at a port of loopback: another process does, or the system does not allow it.</summary>
internal sealed class PortException(int port, Exception cause) : IOException(
    cause is SocketException { SocketErrorCode: not SocketError.AddressAlreadyInUse }
        ? $"Port {port} can't be listened at: {cause.Message}."
        : $"Port {port} is taken by another process.", cause)
{
    public int Port => port;
}
