using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Isobar.Local.Experiments;

/// <summary>Reads the requests of one file of an access log.</summary>
internal static class AccessLogFile
{
    /// <summary>
    /// CloudFront logs no request whose headers are over 20 KB or whose URL is over 8,192 bytes; written with percent
    /// signs, they are three times as long.
    /// </summary>
    private const int MaxLineBytes = 131_072;

    /// <param name="file">As CloudFront writes it, compressed by gzip.</param>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    public static async IAsyncEnumerable<AccessLogLine> ReadAsync(
        Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var content = new GZipStream(file, CompressionMode.Decompress);
        AccessLogFormat? format = null;
        await foreach (var line in LinesAsync(content, cancellationToken))
        {
            if (line.StartsWith('#')) format = AccessLogFormat.TryRead(line) ?? format;
            else if (line.Length > 0)
                yield return (format ?? throw new InvalidDataException("the access log has no header")).Read(line);
        }
    }

    private static async IAsyncEnumerable<string> LinesAsync(
        Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(content);
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return Encoding.UTF8.GetString(rest.Slice(0, end)).TrimEnd('\r');
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > MaxLineBytes)
                throw new InvalidDataException($"a line of the access log is over {MaxLineBytes} bytes");
            if (read.IsCompleted && rest.Length > 0) yield return Encoding.UTF8.GetString(rest);
            reader.AdvanceTo(read.IsCompleted ? rest.End : rest.Start, rest.End);
            if (read.IsCompleted) break;
        }

        await reader.CompleteAsync();
    }
}
