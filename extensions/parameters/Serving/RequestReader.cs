using System.Text;
using Isobar.Telemetry.Receiving;

namespace Isobar.Parameters.Serving;

/// <summary>Reads HTTP/1.1 requests without a body, one after the other on a connection.</summary>
internal sealed class RequestReader(Stream stream)
{
    /// <summary>
    /// Bytes of a request: a name has at most 2,048 characters, which a URL can write three times as long, and a
    /// session token was never seen longer than 4 KB (AWS documents no limit).
    /// </summary>
    public const int MaxBytes = 16 * 1_024;

    private readonly byte[] buffer = new byte[MaxBytes];
    private int end;

    /// <returns>The next request; null if the connection was closed before one.</returns>
    /// <exception cref="BadRequestException">The request is malformed, too large or has a body.</exception>
    public async ValueTask<Request?> ReadAsync(CancellationToken cancellationToken)
    {
        int head;
        while ((head = buffer.AsSpan(0, end).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (end == buffer.Length) throw new BadRequestException(431);
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0) return null;
            end += read;
        }

        var request = Parse(Encoding.Latin1.GetString(buffer, 0, head).Split("\r\n"));
        buffer.AsSpan((head + 4)..end).CopyTo(buffer);
        end -= head + 4;
        return request;
    }

    private static Request Parse(string[] lines)
    {
        if (lines[0].Split(' ') is not [var method, var target, ("HTTP/1.1" or "HTTP/1.0") and var version])
            throw new BadRequestException(400);
        string? token = null;
        var keeps = version == "HTTP/1.1";
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':');
            if (colon <= 0) throw new BadRequestException(400);
            var value = line[(colon + 1)..].Trim();
            switch (line[..colon].ToLowerInvariant())
            {
                case "x-aws-parameters-secrets-token":
                    // Two of them: nobody knows which one is meant.
                    token = token is null ? value : throw new BadRequestException(400);
                    break;
                case "connection":
                    keeps = !value.Equals("close", StringComparison.OrdinalIgnoreCase)
                        && (keeps || value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase));
                    break;
                case "content-length" when value != "0":
                case "transfer-encoding":
                    throw new BadRequestException(413);
            }
        }

        return new Request(method, target, token, keeps);
    }
}
