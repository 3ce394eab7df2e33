using System.Buffers;
using System.IO.Compression;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Lineage;

/// <summary>A row of a landed file.</summary>
/// <param name="Start">Offset of its first byte, in the decompressed content.</param>
/// <param name="Text">Without its line ending; cut after <see cref="MaxBytes"/>.</param>
internal sealed record LandedRow(long Start, string Text)
{
    /// <summary>Bytes of the longest row that is not malformed.</summary>
    public const int MaxBytes = 4_096;

    /// <summary>Decompressed bytes of a gzip that are read to come to a row.</summary>
    public const long MaxContentBytes = 1L << 30;

    private const byte LineFeed = (byte)'\n';

    public string[] Fields => Text.Split(',');

    /// <summary>The first line of a file may be a header, which is no row.</summary>
    public bool IsHeader => Start == 0 && Fields[0].TrimStart('\uFEFF') == "ID";

    public bool IsBlank => Text.Length == 0;

    /// <summary>Reads the row to which a byte belongs.</summary>
    /// <exception cref="LineageException">There is no such byte, or it is too far into a gzip.</exception>
    public static async Task<LandedRow> ReadAsync(
        IAmazonS3 s3, LandedObject landed, long offset, CancellationToken cancellationToken)
    {
        // A row's beginning is behind the line feed before it, which is at most a row away.
        var from = Math.Max(0, offset - MaxBytes - 1);
        var isGzip = await IsGzipAsync(s3, landed, cancellationToken);
        if (!isGzip && offset >= landed.Length)
            throw new LineageException(
                $"{landed.Place} has {landed.Length} bytes, and none at {offset}. The first is at 0.");
        var request = new GetObjectRequest
        {
            BucketName = landed.Bucket, Key = landed.Key, VersionId = landed.VersionId,
        };
        var wanted = (int)(offset - from) + MaxBytes + 1;
        if (!isGzip) request.ByteRange = new ByteRange(from, Math.Min(from + wanted, landed.Length) - 1);
        using var answer = await s3.GetObjectAsync(request, cancellationToken);
        await using var content = isGzip
            ? new GZipStream(answer.ResponseStream, CompressionMode.Decompress)
            : answer.ResponseStream;
        if (isGzip) await SkipAsync(content, from, landed, cancellationToken);
        var window = new byte[wanted];
        var read = await content.ReadAtLeastAsync(window, wanted, throwOnEndOfStream: false, cancellationToken);
        return In(window.AsSpan(0, read), from, offset)
            ?? throw new LineageException(
                $"{landed.Place} has no byte at {offset}. An offset is of the decompressed content: quarantine has "
                + "it.");
    }

    /// <param name="window">Bytes of the content.</param>
    /// <param name="from">Offset of the first of them.</param>
    /// <returns>Null if the byte is not among them.</returns>
    public static LandedRow? In(ReadOnlySpan<byte> window, long from, long offset)
    {
        var at = (int)(offset - from);
        if (at < 0 || at >= window.Length) return null;
        var start = window[..at].LastIndexOf(LineFeed) + 1;
        var rest = window[start..];
        var end = rest.IndexOf(LineFeed) is var found and >= 0 ? found : rest.Length;
        if (end > 0 && rest[end - 1] == (byte)'\r') end--;
        return new LandedRow(from + start, Encoding.UTF8.GetString(rest[..Math.Min(end, MaxBytes)]));
    }

    private static async Task<bool> IsGzipAsync(
        IAmazonS3 s3, LandedObject landed, CancellationToken cancellationToken)
    {
        if (landed.Length < 2) return false;
        using var answer = await s3.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = landed.Bucket, Key = landed.Key, VersionId = landed.VersionId,
                ByteRange = new ByteRange(0, 1),
            },
            cancellationToken);
        var first = new byte[2];
        await answer.ResponseStream.ReadExactlyAsync(first, cancellationToken);
        return first is [0x1F, 0x8B];
    }

    private static async Task SkipAsync(
        Stream content, long bytes, LandedObject landed, CancellationToken cancellationToken)
    {
        if (bytes > MaxContentBytes)
            throw new LineageException(
                $"Byte {bytes} of a gzip is too far: the first {MaxContentBytes} are decompressed to look for it.");
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (bytes > 0)
            {
                var read = await content.ReadAsync(
                    buffer.AsMemory(0, (int)Math.Min(bytes, buffer.Length)), cancellationToken);
                if (read == 0) throw new LineageException(
                    $"{landed.Place} ends before that byte. An offset is of the decompressed content: quarantine has "
                    + "it.");
                bytes -= read;
            }
        }
        catch (InvalidDataException e)
        {
            throw new LineageException($"{landed.Place} can't be decompressed up to that byte: {e.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
