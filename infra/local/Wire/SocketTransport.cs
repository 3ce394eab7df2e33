using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Isobar.Local.Wire;

/// <summary>
/// A Kestrel transport that takes listening sockets, and loses them, while the server runs: sockets on another port, or
/// in another network namespace.
/// </summary>
/// <param name="name">Names the endpoint in messages.</param>
/// <param name="inline">
/// Whether responses are written on the thread that produced them: for handlers that never block.
/// </param>
internal sealed class SocketTransport(string name, bool inline)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector, IConnectionListener
{
    // Connections that were accepted and that Kestrel has not taken yet.
    private const int MaxAccepted = 512;

    private readonly Channel<ConnectionContext> accepted = Channel.CreateBounded<ConnectionContext>(MaxAccepted);
    private readonly SocketConnectionContextFactory connections = new(
        new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = inline }, NullLogger.Instance);

    public EndPoint EndPoint { get; } = new NamedEndPoint(name);

    public bool CanBind(EndPoint endpoint) => endpoint == EndPoint;

    /// <summary>Takes connections from a listening socket until it is closed.</summary>
    /// <param name="mark">Called with each connection before it is served.</param>
    public async Task AcceptFromAsync(Socket listening, Action<ConnectionContext>? mark = null)
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
            mark?.Invoke(connection);
            if (!accepted.Writer.TryWrite(connection)) connection.Abort();
        }
    }

    /// <summary>Serves a connection that another endpoint has accepted, until it is done with.</summary>
    public Task ServeAsync(ConnectionContext connection)
    {
        var handed = new HandedConnection(connection);
        if (accepted.Writer.TryWrite(handed)) return handed.Served;
        connection.Abort();
        return Task.CompletedTask;
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

    private sealed class NamedEndPoint(string name) : EndPoint
    {
        public override string ToString() => name;
    }
}
