using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Isobar.Instrumentation.Lambda;

/// <summary>
/// The two calls of the Extensions API that an internal extension makes, over one connection and a plain socket: an
/// <see cref="HttpClient"/> takes several times as long to start, and its calls would be among those that are watched.
/// </summary>
/// <param name="address">Host and port.</param>
/// <remarks>Source: Lambda developer guide, "Extensions API".</remarks>
internal sealed class ExtensionsApi(string address) : IDisposable
{
    // An event has some 500 bytes, and so have the headers.
    private const int MaxAnswerBytes = 16 * 1024;

    private static ReadOnlySpan<byte> Registration => """{"events":["INVOKE"]}"""u8;

    private readonly byte[] buffer = new byte[MaxAnswerBytes];
    private Socket? socket;
    private string identifier = "";

    /// <summary>Registers for INVOKE, the only event that an internal extension may have.</summary>
    /// <returns>Null, or what Lambda answered instead.</returns>
    public string? Register(string name)
    {
        var (status, head, body) = Call(
            $"POST /2020-01-01/extension/register HTTP/1.1\r\nHost: {address}\r\nLambda-Extension-Name: {name}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Registration.Length}\r\n\r\n", Registration);
        identifier = Value(head, "lambda-extension-identifier") ?? "";
        return status == 200 && identifier.Length > 0
            ? null
            : $"the extension was not registered: {status} {Encoding.UTF8.GetString(body)}";
    }

    /// <summary>Waits for the next invocation, for as long as it takes.</summary>
    /// <exception cref="IOException">There was no event.</exception>
    public InvokeEvent Next()
    {
        var (status, _, body) = Call(
            $"GET /2020-01-01/extension/event/next HTTP/1.1\r\nHost: {address}\r\n"
            + $"Lambda-Extension-Identifier: {identifier}\r\n\r\n", []);
        return status == 200
            ? InvokeEvent.Parse(body)
            : throw new IOException($"Lambda answered {status} {Encoding.UTF8.GetString(body)}");
    }

    public void Dispose() => Close();

    private Answer Call(string head, ReadOnlySpan<byte> body)
    {
        try
        {
            socket ??= Connect();
            Send([.. Encoding.ASCII.GetBytes(head), .. body]);
            return Receive();
        }
        catch
        {
            Close();
            throw;
        }
    }

    private Socket Connect()
    {
        var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (IPEndPoint.TryParse(address, out var numeric)) connection.Connect(numeric);
        else connection.Connect(address.Split(':')[0], int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture));
        return connection;
    }

    private void Close()
    {
        socket?.Dispose();
        socket = null;
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[socket!.Send(bytes)..];
    }

    private Answer Receive()
    {
        var (held, end) = (0, -1);
        while (end < 0)
        {
            held += Fill(held);
            end = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8);
        }

        var head = Encoding.ASCII.GetString(buffer, 0, end);
        var (start, length) = (end + 4, Length(head));
        if (start + length > buffer.Length) throw new IOException("Lambda's answer is too long.");
        while (held < start + length) held += Fill(held);
        return new Answer(
            int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), head, buffer.AsSpan(start, length));
    }

    private int Fill(int held)
    {
        var read = held < buffer.Length ? socket!.Receive(buffer.AsSpan(held)) : 0;
        return read > 0 ? read : throw new IOException("Lambda closed the connection, or answered too much.");
    }

    private static int Length(string head) => Value(head, "content-length") is { } length
        ? int.Parse(length, CultureInfo.InvariantCulture)
        : throw new IOException("Lambda's answer does not say how long it is.");

    private static string? Value(string head, string name)
    {
        foreach (var line in head.AsSpan().EnumerateLines())
        {
            var colon = line.IndexOf(':');
            if (colon == name.Length && line[..colon].Equals(name, StringComparison.OrdinalIgnoreCase))
                return line[(colon + 1)..].Trim().ToString();
        }

        return null;
    }

    private readonly ref struct Answer(int status, string head, ReadOnlySpan<byte> body)
    {
        private readonly ReadOnlySpan<byte> body = body;

        public void Deconstruct(out int statusCode, out string headers, out ReadOnlySpan<byte> content)
        {
            statusCode = status;
            headers = head;
            content = body;
        }
    }
}
