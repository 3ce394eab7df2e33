using System.Net.Sockets;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Apis;

/// <summary>
/// Which environment a connection belongs to: the socket that accepted it says so, never the caller.
/// </summary>
/// <param name="Incarnation">The set of processes that was running when the connection was accepted.</param>
internal sealed record Caller(ExecutionEnvironment Environment, int Incarnation);

/// <summary>
/// The transport of the one Kestrel that serves all environments: one listening socket an environment.
/// </summary>
internal sealed class RuntimeApiTransport
{
    public SocketTransport Intake { get; } = new("execution environments", inline: true);

    /// <summary>Opens an environment's address.</summary>
    /// <param name="socket">Listening; it belongs to the door from now on.</param>
    public RuntimeApiDoor Open(ExecutionEnvironment environment, Socket socket) => new(
        socket,
        Intake.AcceptFromAsync(
            socket, connection => connection.Features.Set(new Caller(environment, environment.Incarnation))));
}

/// <summary>An environment's open address.</summary>
internal sealed class RuntimeApiDoor(Socket socket, Task accepting) : IAsyncDisposable
{
    /// <summary>Host and port, as <c>AWS_LAMBDA_RUNTIME_API</c> says it.</summary>
    public string Address { get; } = socket.LocalEndPoint!.ToString()!;

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await accepting;
    }
}
