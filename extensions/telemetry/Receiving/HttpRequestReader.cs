using System.Buffers;
using System.Globalization;
using System.Text;

namespace Isobar.Telemetry.Receiving;

/// <summary>
/// Reads the HTTP/1.1 requests that the Telemetry API sends: one after the other on a connection, each with a
/// Content-Length or a chunked body.
/// </summary>
/// <remarks>HttpListener of .NET cannot bind port 0, and Kestrel would double the size of the extension.</remarks>
internal sealed class HttpRequestReader(Stream stream)
{
    /// <summary>Bytes of method, path and headers.</summary>
    public const int MaxHeadBytes = 16 * 1_024;

    /// <summary>
    /// Bytes of a body. The platform sends up to twice the requested buffer, and lines of up to 256 KB.
    /// </summary>
    public const int MaxBodyBytes = 2 * 1_024 * 1_024;

    private readonly byte[] buffer = new byte[MaxHeadBytes];
    private readonly ArrayBufferWriter<byte> body = new();
    private int start;
    private int end;

    /// <returns>
    /// The next request's body, valid until the next call; null if the connection was closed between two requests.
    /// </returns>
    /// <exception cref="BadRequestException">The request is malformed or too large.</exception>
    /// <exception cref="EndOfStreamException">The connection was closed within a request.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        body.ResetWrittenCount();
        if (start == end && !await FillAsync(cancellationToken)) return null;
        var (length, chunked, expects) = Head(await LinesAsync(cancellationToken));
        if (expects) await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken);
        if (!chunked) await CopyAsync(length, cancellationToken);
        else while (await ChunkAsync(cancellationToken)) continue;
        return body.WrittenMemory;
    }

    private static (int Length, bool Chunked, bool Expects) Head(IReadOnlyList<string> lines)
    {
        if (lines.Count == 0 || lines[0].Split(' ') is not [_, _, "HTTP/1.1" or "HTTP/1.0"])
            throw new BadRequestException(400);
        var (length, chunked, expects) = (0, false, false);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon <= 0) throw new BadRequestException(400);
            var value = line.AsSpan(colon + 1).Trim();
            switch (line[..colon].ToLowerInvariant())
            {
                case "content-length":
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out length))
                        throw new BadRequestException(400);
                    break;
                case "transfer-encoding":
                    chunked = value.Equals("chunked", StringComparison.OrdinalIgnoreCase)
                        ? true
                        : throw new BadRequestException(501);
                    break;
                case "expect":
                    expects = value.Equals("100-continue", StringComparison.OrdinalIgnoreCase);
                    break;
            }
        }

        return (length, chunked, expects);
    }

    private async ValueTask<List<string>> LinesAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        for (var total = 0; ;)
        {
            var line = await LineAsync(cancellationToken);
            if (line.Length == 0) return lines;
            lines.Add(line);
            total += line.Length;
            if (total > MaxHeadBytes) throw new BadRequestException(431);
        }
    }

    private async ValueTask<string> LineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.ASCII.GetString(buffer, start, length).TrimEnd('\r');
                start += length + 1;
                return line;
            }

            if (end - start == buffer.Length) throw new BadRequestException(431);
            if (!await FillAsync(cancellationToken)) throw new EndOfStreamException();
        }
    }

    private async ValueTask<bool> ChunkAsync(CancellationToken cancellationToken)
    {
        var size = (await LineAsync(cancellationToken)).Split(';')[0].Trim();
        if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length))
            throw new BadRequestException(400);
        if (length == 0)
        {
            await LinesAsync(cancellationToken);
            return false;
        }

        await CopyAsync(length, cancellationToken);
        return (await LineAsync(cancellationToken)).Length == 0 ? true : throw new BadRequestException(400);
    }

    private async ValueTask CopyAsync(int length, CancellationToken cancellationToken)
    {
        if (length < 0 || body.WrittenCount + length > MaxBodyBytes) throw new BadRequestException(413);
        while (length > 0)
        {
            if (start == end && !await FillAsync(cancellationToken)) throw new EndOfStreamException();
            var part = Math.Min(length, end - start);
            body.Write(buffer.AsSpan(start, part));
            start += part;
            length -= part;
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0) buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        end += read;
        return read > 0;
    }
}
