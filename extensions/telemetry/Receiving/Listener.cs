using System.Net;
using System.Text;
using System.Text.Json;

namespace Isobar.Telemetry.Receiving;

/// <summary>Receives the deliveries of the Telemetry API on a free port of the environment.</summary>
/// <remarks>The platform sends what was not acknowledged again, on another connection.</remarks>
internal sealed class Listener : IDisposable
{
    // The platform uses one connection for a subscriber, and opens another after an error.
    private const int MaxConnections = 8;

    private readonly IPAddress address;
    private readonly Action<ReadOnlyMemory<byte>> take;
    private readonly Connections connections;

    /// <param name="address">The environment's own address.</param>
    /// <param name="take">Handles a delivery; throws JsonException if it is not valid.</param>
    public Listener(IPAddress address, Action<ReadOnlyMemory<byte>> take)
    {
        this.address = address;
        this.take = take;
        connections = new Connections(MaxConnections, ServeAsync);
    }

    /// <summary>Starts to listen.</summary>
    /// <returns>The port.</returns>
    public int Start() => connections.Start(address, port: 0);

    public void Dispose() => connections.Dispose();

    private async Task ServeAsync(Stream stream, CancellationToken over)
    {
        var reader = new HttpRequestReader(stream);
        var status = 200;
        while (status == 200)
        {
            status = await TakeAsync(reader, over);
            if (status == 0) return;
            var close = status == 200 ? "" : "Connection: close\r\n";
            var answer = $"HTTP/1.1 {status} {(HttpStatusCode)status}\r\nContent-Length: 0\r\n{close}\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), over);
        }
    }

    /// <returns>The status of the response; 0 if the connection was closed.</returns>
    private async ValueTask<int> TakeAsync(HttpRequestReader reader, CancellationToken over)
    {
        try
        {
            if (await reader.ReadAsync(over) is not { } delivery) return 0;
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
