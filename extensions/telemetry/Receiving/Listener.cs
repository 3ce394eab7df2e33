using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Isobar.Telemetry.Receiving;

/// <summary>Receives the deliveries of the Telemetry API on a free port of the environment.</summary>
/// <param name="address">The environment's own address.</param>
/// <param name="take">Handles a delivery; throws JsonException if it is not valid.</param>
internal sealed class Listener(IPAddress address, Action<ReadOnlyMemory<byte>> take) : IDisposable
{
    // The platform uses one connection for a subscriber, and opens another after an error.
    private const int MaxConnections = 8;

    private readonly SemaphoreSlim places = new(MaxConnections);
    private readonly CancellationTokenSource over = new();
    private TcpListener? listener;

    /// <summary>Starts to listen.</summary>
    /// <returns>The port.</returns>
    public int Start()
    {
        listener = new TcpListener(address, 0);
        listener.Start();
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
            var reader = new HttpRequestReader(stream);
            var status = 200;
            while (status == 200)
            {
                status = await TakeAsync(reader);
                if (status == 0) return;
                var close = status == 200 ? "" : "Connection: close\r\n";
                var answer = $"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nContent-Length: 0\r\n{close}\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), over.Token);
            }
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The platform sends what was not acknowledged again, on another connection.
        }
        finally
        {
            places.Release();
        }
    }

    /// <returns>The status of the response; 0 if the connection was closed.</returns>
    private async ValueTask<int> TakeAsync(HttpRequestReader reader)
    {
        try
        {
            if (await reader.ReadAsync(over.Token) is not { } delivery) return 0;
            take(delivery);
            return 200;
        }
        catch (BadRequestException refused)
        {
            return refused.Status;
        }
        catch (JsonException)
        {
            return 400;
        }
    }
}
