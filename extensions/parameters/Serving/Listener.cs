using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Isobar.Parameters.Serving;

/// <summary>Serves HTTP on the loopback address, with a bound on connections and on their idle time.</summary>
/// <remarks>Kestrel would double what the process takes from the function's memory.</remarks>
internal sealed class Listener(Func<Request, Task<Response>> answer, TimeProvider clock) : IDisposable
{
    /// <summary>At the same time; others wait to be accepted.</summary>
    public const int MaxConnections = 32;

    /// <summary>
    /// A connection is closed when no whole request has come on it for so long: a client that leaves connections open
    /// would otherwise take all places.
    /// </summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim places = new(MaxConnections);
    private readonly CancellationTokenSource over = new();
    private TcpListener? listener;

    /// <summary>Starts to listen.</summary>
    /// <param name="port">Zero for any.</param>
    /// <returns>The port.</returns>
    /// <exception cref="SocketException">The port is taken.</exception>
    public int Start(int port)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start(MaxConnections);
        _ = AcceptAsync(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        over.Cancel();
        listener?.Dispose();
    }

    private async Task AcceptAsync(TcpListener accepting)
    {
        try
        {
            while (true)
            {
                await places.WaitAsync(over.Token);
                _ = ServeAsync(await accepting.AcceptSocketAsync(over.Token));
            }
        }
        catch (Exception closed)
            when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The extension is shutting down.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            using var stream = new NetworkStream(socket, ownsSocket: true);
            var reader = new RequestReader(stream);
            while (await NextAsync(stream, reader)) continue;
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The function has closed its connection.
        }
        finally
        {
            places.Release();
        }
    }

    /// <returns>Whether another request may follow.</returns>
    private async Task<bool> NextAsync(NetworkStream stream, RequestReader reader)
    {
        try
        {
            if (await ReadAsync(reader) is not { } request) return false;
            await WriteAsync(stream, await answer(request), request.KeepsConnection);
            return request.KeepsConnection;
        }
        catch (BadRequestException refused)
        {
            await WriteAsync(stream, new Response(refused.Status, []), keeps: false);
            return false;
        }
    }

    private async Task<Request?> ReadAsync(RequestReader reader)
    {
        using var idle = new CancellationTokenSource(IdleTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, over.Token);
        return await reader.ReadAsync(either.Token);
    }

    private async Task WriteAsync(NetworkStream stream, Response response, bool keeps)
    {
        var head = new StringBuilder($"HTTP/1.1 {response.Status} {(HttpStatusCode)response.Status}\r\n")
            .Append(response.Status == 200 ? "Content-Type: application/json\r\n" : "Content-Type: text/plain\r\n")
            .Append($"Content-Length: {response.Body.Length}\r\n");
        foreach (var (name, value) in response.Headers) head.Append($"{name}: {value}\r\n");
        if (!keeps) head.Append("Connection: close\r\n");
        byte[] bytes = [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. response.Body];
        await stream.WriteAsync(bytes, over.Token);
    }
}
