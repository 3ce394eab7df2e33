using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Isobar.Benchmarks.Invocations;

/// <summary>
/// One caller on one kept connection: it sends the same request and wants its own payload back. It blocks and does not
/// allocate, so that what is measured is the other side.
/// </summary>
internal sealed class Caller : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] buffer = new byte[16 * 1024];
    private readonly byte[] request;
    private readonly byte[] payload;

    public Caller(Uri address, string path, byte[] payload)
        : this(address, payload, Invocation(address, path, payload))
    {
    }

    private Caller(Uri address, byte[] payload, byte[] request)
    {
        (this.payload, this.request) = (payload, request);
        socket.NoDelay = true;
        socket.Connect(IPEndPoint.Parse(address.Authority));
    }

    /// <summary>A caller that reads a page and wants to see the same each time.</summary>
    public static Caller OfPage(Uri address, string path, byte[] page) => new(
        address, page, Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"));

    private static byte[] Invocation(Uri address, string path, byte[] payload)
    {
        var head = $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n"
            + "Authorization: AWS4-HMAC-SHA256 Credential=benchmark/20260101/us-east-1/lambda/aws4_request, "
            + $"SignedHeaders=host, Signature=0\r\nContent-Length: {payload.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. payload];
    }

    /// <summary>Sends the request and reads the answer to its end.</summary>
    /// <exception cref="InvalidDataException">The answer is not the payload.</exception>
    public void Call()
    {
        for (var sent = 0; sent < request.Length;) sent += socket.Send(request.AsSpan(sent));
        var (held, head) = (0, -1);
        while (head < 0)
        {
            held += Receive(held);
            head = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8);
        }

        var end = head + 4 + ContentLength(buffer.AsSpan(0, head));
        while (held < end) held += Receive(held);
        if (!buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8)
            || !buffer.AsSpan(head + 4, end - head - 4).SequenceEqual(payload))
            throw new InvalidDataException("Not an echo: " + Encoding.UTF8.GetString(buffer, 0, held));
    }

    public void Dispose() => socket.Dispose();

    private static int ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw new InvalidDataException("An answer without a length: " + Encoding.UTF8.GetString(head));
    }

    private int Receive(int held)
    {
        var read = socket.Receive(buffer.AsSpan(held));
        return read > 0 ? read : throw new EndOfStreamException("The connection was closed.");
    }
}
