using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Isobar.Local.Lambda.Environments;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Isobar.Local.Lambda.Apis;

/// <summary>
/// Which environment a connection belongs to: the socket that accepted it says so, never the caller.
/// </summary>
/// <param name="Incarnation">The set of processes that was running when the connection was accepted.</param>
internal sealed record Caller(ExecutionEnvironment Environment, int Incarnation);

/// <summary>
/// The transport of the one Kestrel that serves all environments: one listening socket an environment.
/// </summary>
internal sealed class RuntimeApiTransport : IConnectionListenerFactory, IConnectionListener
{
    // Accepted and not yet taken by Kestrel, which takes them at once.
    private const int MaxAccepted = 512;

    private readonly Channel<ConnectionContext> accepted = Channel.CreateBounded<ConnectionContext>(MaxAccepted);

    // An answer is written by whoever has it; a hop to another queue would only add to the hand-off.
    private readonly SocketConnectionContextFactory connections = new(
        new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true }, NullLogger.Instance);

    public EndPoint EndPoint { get; } = new RuntimeApiEndPoint();

    /// <summary>Opens an environment's address on the loopback interface, on a free port.</summary>
    public RuntimeApiDoor Open(ExecutionEnvironment environment)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return new RuntimeApiDoor(socket, AcceptAsync(socket, environment));
    }

    public ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await accepted.Reader.WaitToReadAsync(cancellationToken))
            if (accepted.Reader.TryRead(out var connection)) return connection;
        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        accepted.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        connections.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(Socket listening, ExecutionEnvironment environment)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listening.AcceptAsync();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return;
            }

            socket.NoDelay = true;
            var connection = connections.Create(socket);
            connection.Features.Set(new Caller(environment, environment.Incarnation));
            if (!accepted.Writer.TryWrite(connection)) connection.Abort();
        }
    }

    private sealed class RuntimeApiEndPoint : EndPoint
    {
        public override string ToString() => "execution environments";
    }
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
