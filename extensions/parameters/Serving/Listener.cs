using System.Net;
using System.Net.Sockets;
using System.Text;
using Isobar.Telemetry.Receiving;

namespace Isobar.Parameters.Serving;

/// <summary>Serves HTTP on the loopback address, with a bound on connections and on their idle time.</summary>
internal sealed class Listener : IDisposable
{
    /// <summary>At the same time; others wait to be accepted.</summary>
    public const int MaxConnections = 32;

    /// <summary>
    /// A connection is closed when no whole request has come on it for so long: a client that leaves connections open
    /// would otherwise take all places.
    /// </summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    private readonly Func<Request, Task<Response>> answer;
    private readonly TimeProvider clock;
    private readonly Connections connections;

    public Listener(Func<Request, Task<Response>> answer, TimeProvider clock)
    {
        this.answer = answer;
        this.clock = clock;
        connections = new Connections(MaxConnections, ServeAsync);
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="port">Zero for any.</param>
    /// <returns>The port.</returns>
    /// <exception cref="SocketException">The port is taken.</exception>
    public int Start(int port) => connections.Start(IPAddress.Loopback, port);

    public void Dispose() => connections.Dispose();

    private async Task ServeAsync(Stream stream, CancellationToken over)
    {
        var reader = new RequestReader(stream);
        while (await NextAsync(stream, reader, over)) continue;
    }

    /// <returns>Whether another request may follow.</returns>
    private async Task<bool> NextAsync(Stream stream, RequestReader reader, CancellationToken over)
    {
        try
        {
            if (await ReadAsync(reader, over) is not { } request) return false;
            await WriteAsync(stream, await answer(request), request.KeepsConnection, over);
            return request.KeepsConnection;
        }
        catch (BadRequestException refused)
        {
            await WriteAsync(stream, new Response(refused.Status, []), keeps: false, over);
            return false;
        }
    }

    private async Task<Request?> ReadAsync(RequestReader reader, CancellationToken over)
    {
        using var idle = new CancellationTokenSource(IdleTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, over);
        return await reader.ReadAsync(either.Token);
    }

    private async Task WriteAsync(Stream stream, Response response, bool keeps, CancellationToken over)
    {
        var head = new StringBuilder($"HTTP/1.1 {response.Status} {(HttpStatusCode)response.Status}\r\n")
            .Append(response.Status == 200 ? "Content-Type: application/json\r\n" : "Content-Type: text/plain\r\n")
            .Append($"Content-Length: {response.Body.Length}\r\n");
        foreach (var (name, value) in response.Headers) head.Append($"{name}: {value}\r\n");
        if (!keeps) head.Append("Connection: close\r\n");
        byte[] bytes = [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. response.Body];
        await stream.WriteAsync(bytes, over);
    }
}
