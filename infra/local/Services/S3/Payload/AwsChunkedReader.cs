using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3.Payload;

/// <summary>Reads the content out of a body in <c>aws-chunked</c> framing, and the trailers behind it.</summary>
/// <remarks>
/// Chunk signatures are not verified, as no signatures are. Source: Amazon S3 API Reference, "Signature calculations
/// for
/// the Authorization header: transferring payload in multiple chunks", and the same "including trailing headers".
/// </remarks>
internal sealed class AwsChunkedReader(PipeReader body)
{
    /// <summary>Bytes of a chunk's first line or of a trailer: a signed one has about 100.</summary>
    private const int MaxLineBytes = 1_024;

    private const int MaxTrailers = 8;

    private readonly Dictionary<string, string> trailers = new(StringComparer.OrdinalIgnoreCase);
    private long left;
    private bool ended;

    /// <summary>The trailers, by name; complete once <see cref="ReadAsync"/> has returned zero.</summary>
    public IReadOnlyDictionary<string, string> Trailers => trailers;

    /// <summary>Reads some content.</summary>
    /// <returns>How many bytes were read; zero at the end.</returns>
    /// <exception cref="AwsException">IncompleteBody or InvalidRequest: the body ends early or is not framed
    /// so.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        if (ended) return 0;
        if (left == 0 && !await BeginChunkAsync(cancellationToken)) return 0;
        var result = await body.ReadAsync(cancellationToken);
        var available = result.Buffer;
        if (available.IsEmpty && result.IsCompleted) throw Stop(result, PayloadErrors.IncompleteBody());
        var count = (int)Math.Min(Math.Min(left, destination.Length), available.Length);
        var piece = available.Slice(0, count);
        piece.CopyTo(destination.Span);
        body.AdvanceTo(piece.End);
        left -= count;
        if (left == 0 && (await ReadLineAsync(cancellationToken) ?? throw PayloadErrors.IncompleteBody()) is not "")
            throw PayloadErrors.MalformedChunk();
        return count;
    }

    private async ValueTask<bool> BeginChunkAsync(CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(cancellationToken) ?? throw PayloadErrors.IncompleteBody();
        var size = line.AsSpan(0, line.IndexOf(';') is var end and >= 0 ? end : line.Length);
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out left) || left < 0)
            throw PayloadErrors.MalformedChunk();
        if (left > 0) return true;
        await ReadTrailersAsync(cancellationToken);
        ended = true;
        return false;
    }

    private async ValueTask ReadTrailersAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            if (colon <= 0 || trailers.Count == MaxTrailers) throw PayloadErrors.MalformedTrailer();
            trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        // The server would read further bytes as the first line of the next request.
        var rest = await body.ReadAsync(cancellationToken);
        if (!rest.Buffer.IsEmpty) throw Stop(rest, PayloadErrors.MalformedTrailer());
        body.AdvanceTo(rest.Buffer.Start);
    }

    // A pipe must be told how far it was read before anyone else (the server, discarding the rest) may read it.
    private AwsException Stop(ReadResult result, AwsException error)
    {
        body.AdvanceTo(result.Buffer.Start);
        return error;
    }

    // Null at the end of the body; without its line break, which is CR LF (LF alone is accepted).
    private async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            if (result.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = result.Buffer.Slice(0, end);
                if (line.Length > MaxLineBytes) throw Stop(result, PayloadErrors.MalformedChunk());
                var text = Encoding.Latin1.GetString(line);
                body.AdvanceTo(result.Buffer.GetPosition(1, end));
                return text.TrimEnd('\r');
            }

            if (result.Buffer.Length > MaxLineBytes) throw Stop(result, PayloadErrors.MalformedChunk());
            if (result.IsCompleted)
            {
                if (!result.Buffer.IsEmpty) throw Stop(result, PayloadErrors.IncompleteBody());
                body.AdvanceTo(result.Buffer.Start);
                return null;
            }

            body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
