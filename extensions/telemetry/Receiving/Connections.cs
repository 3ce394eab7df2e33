using System.Net;
using System.Net.Sockets;

namespace Isobar.Telemetry.Receiving;

/// <summary>Accepts connections within the environment, a bounded number at the same time.</summary>
/// <param name="most">Connections at the same time; others wait to be accepted.</param>
/// <param name="serve">Serves one connection until it ends; its token says that the extension ends.</param>
/// <remarks>Kestrel would double what the process takes from the function's memory.</remarks>
internal sealed class Connections(int most, Func<Stream, CancellationToken, Task> serve) : IDisposable
{
    private readonly SemaphoreSlim places = new(most);
    private readonly CancellationTokenSource over = new();
    private TcpListener? listener;

    /// <summary>Starts to listen.</summary>
    /// <param name="port">Zero for any.</param>
    /// <returns>The port.</returns>
    /// <exception cref="SocketException">The port is taken.</exception>
    public int Start(IPAddress address, int port)
    {
        listener = new TcpListener(address, port);
        listener.Start(most);
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
            await serve(stream, over.Token);
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side has closed its connection. It may open another.
        }
        finally
        {
            places.Release();
        }
    }
}
