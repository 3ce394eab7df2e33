using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Isobar.Probe;

/// <summary>An answer of the Runtime API; header names are in lower case.</summary>
internal sealed record Reply(int Status, Dictionary<string, string> Headers, byte[] Body);

/// <summary>
/// HTTP/1.1 over one kept connection, just enough for the Runtime API: half the start of an HttpClient.
/// </summary>
internal sealed class RuntimeApiClient(string address)
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private Socket? socket;
    private int held;

    public Reply Call(string method, string path, byte[]? body = null, string? headers = null)
    {
        socket ??= Connect(address);
        var head = Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: {address}\r\n{headers}"
            + (body is null ? "\r\n" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        if (body is { Length: < 32 * 1024 })
        {
            Send([.. head, .. body]);
        }
        else
        {
            Send(head);
            if (body is not null) Send(body);
        }

        return Receive();
    }

    public void Close() => socket?.Dispose();

    private static Socket Connect(string address)
    {
        var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        connection.NoDelay = true;
        connection.Connect(IPEndPoint.Parse(address));
        return connection;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[socket!.Send(bytes)..];
    }

    private Reply Receive()
    {
        int end;
        while ((end = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8)) < 0) Fill();
        var lines = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n");
        var headers = new Dictionary<string, string>();
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':');
            headers[line[..colon].ToLowerInvariant()] = line[(colon + 1)..].Trim();
        }

        Consume(end + 4);
        var length = headers.TryGetValue("content-length", out var text)
            ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var body = new byte[length];
        for (var read = 0; read < length;)
        {
            if (held == 0) Fill();
            var take = Math.Min(held, length - read);
            buffer.AsSpan(0, take).CopyTo(body.AsSpan(read));
            Consume(take);
            read += take;
        }

        return new Reply(int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture), headers, body);
    }

    private void Fill()
    {
        var read = socket!.Receive(buffer.AsSpan(held));
        if (read == 0) throw new EndOfStreamException("The Runtime API closed the connection.");
        held += read;
    }

    private void Consume(int count)
    {
        buffer.AsSpan(count, held - count).CopyTo(buffer);
        held -= count;
    }
}
