using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Isobar.Local.Wire;

/// <summary>
/// HTTP/2 without TLS on the port where HTTP/1.1 is spoken: the first bytes of a connection say which it is. Kestrel
/// has no endpoint for both without TLS, so such connections go on at an endpoint of their own.
/// </summary>
/// <remarks>
/// Source: RFC 9113, "Starting HTTP/2 with prior knowledge". The Kinesis client of the AWS SDK for JavaScript speaks
/// HTTP/2 to every address.
/// </remarks>
internal static class PriorKnowledge
{
    // As long as Kestrel waits for a request on a connection.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(130);

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <param name="http1">Serves a connection as HTTP/1.1.</param>
    /// <param name="http2">The endpoint where HTTP/2 is spoken.</param>
    public static async Task ServeAsync(ConnectionContext connection, ConnectionDelegate http1, SocketTransport http2)
    {
        bool isHttp2;
        try
        {
            isHttp2 = await BeginsWithPrefaceAsync(connection);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            connection.Abort();
            return;
        }

        await (isHttp2 ? http2.ServeAsync(connection) : http1(connection));
    }

    // Reads ahead, and leaves everything to be read again.
    private static async Task<bool> BeginsWithPrefaceAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        using var limit = new CancellationTokenSource(Bound);
        while (true)
        {
            var read = await input.ReadAsync(limit.Token);
            var (buffer, length) = (read.Buffer, (int)Math.Min(read.Buffer.Length, Preface.Length));
            var isPreface = length > 0 && IsPreface(buffer.Slice(0, length));
            var isKnown = read.IsCompleted || length == Preface.Length || (length > 0 && !isPreface);
            input.AdvanceTo(buffer.Start, isKnown ? buffer.Start : buffer.End);
            if (isKnown) return isPreface && length == Preface.Length;
        }
    }

    private static bool IsPreface(ReadOnlySequence<byte> beginning)
    {
        Span<byte> bytes = stackalloc byte[Preface.Length];
        beginning.CopyTo(bytes);
        return bytes[..(int)beginning.Length].SequenceEqual(Preface[..(int)beginning.Length]);
    }
}
