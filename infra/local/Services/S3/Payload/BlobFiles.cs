using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Isobar.Local.Services.S3.Payload;

/// <summary>The bytes of blobs: writing, reading and deleting them.</summary>
/// <param name="directory">Holds one file for each large blob, named by a generated id; nobody else writes
/// there.</param>
internal sealed class BlobFiles(string directory) : IDisposable
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Fills a blob from a source that must give exactly as many bytes as the blob is long.</summary>
    /// <param name="read">Reads some bytes; zero at the end.</param>
    /// <param name="digest">Is shown every byte.</param>
    /// <exception cref="Wire.AwsException">IncompleteBody: there were more bytes, or fewer.</exception>
    public async Task WriteAsync(
        Blob blob, Func<Memory<byte>, CancellationToken, ValueTask<int>> read, ContentDigest digest,
        CancellationToken cancellationToken)
    {
        if (blob.FileName is null)
        {
            await KeepAsync(blob, read, digest, cancellationToken);
            return;
        }

        using var file = Create(blob.FileName);
        await WriteFileAsync(file, blob.Length, read, digest, cancellationToken);
        await EndAsync(read, cancellationToken);
    }

    /// <summary>The same for a blob in memory, which needs no directory.</summary>
    public static async Task KeepAsync(
        Blob blob, Func<Memory<byte>, CancellationToken, ValueTask<int>> read, ContentDigest digest,
        CancellationToken cancellationToken)
    {
        var bytes = new byte[blob.Length];
        if (await FillAsync(bytes, read, cancellationToken) < bytes.Length) throw PayloadErrors.IncompleteBody();
        digest.Append(bytes);
        blob.Bytes = bytes;
        await EndAsync(read, cancellationToken);
    }

    /// <summary>Writes a range of the concatenated bytes of some blobs.</summary>
    public async Task ReadAsync(
        IReadOnlyList<Blob> blobs, long offset, long count, Func<ReadOnlyMemory<byte>, ValueTask> write,
        CancellationToken cancellationToken)
    {
        foreach (var blob in blobs)
        {
            if (count == 0) return;
            var take = Math.Min(blob.Length - offset, count);
            if (take <= 0)
            {
                offset -= blob.Length;
                continue;
            }

            if (blob.FileName is null) await write(blob.Bytes.Slice((int)offset, (int)take));
            else await ReadFileAsync(blob.FileName, offset, take, write, cancellationToken);
            offset = 0;
            count -= take;
        }
    }

    /// <summary>Deletes the files of blobs that nobody needs any more.</summary>
    public void Delete(IEnumerable<Blob> blobs)
    {
        foreach (var blob in blobs)
            if (blob.FileName is { } name) File.Delete(Path.Combine(directory, name));
    }

    public void Dispose()
    {
        if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
    }

    private static async ValueTask EndAsync(
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read, CancellationToken cancellationToken)
    {
        if (await read(new byte[1], cancellationToken) > 0) throw PayloadErrors.IncompleteBody();
    }

    private static async ValueTask<int> FillAsync(
        Memory<byte> buffer, Func<Memory<byte>, CancellationToken, ValueTask<int>> read,
            CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length && await read(buffer[filled..], cancellationToken) is var count and > 0)
            filled += count;
        return filled;
    }

    private static async Task WriteFileAsync(
        SafeFileHandle file, long length, Func<Memory<byte>, CancellationToken, ValueTask<int>> read,
            ContentDigest digest,
        CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long at = 0; at < length;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(length - at, buffer.Length));
                if (await FillAsync(piece, read, cancellationToken) < piece.Length)
                    throw PayloadErrors.IncompleteBody();
                digest.Append(piece.Span);
                await RandomAccess.WriteAsync(file, piece, at, cancellationToken);
                at += piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task ReadFileAsync(
        string name, long offset, long count, Func<ReadOnlyMemory<byte>, ValueTask> write,
            CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(Path.Combine(directory, name));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (count > 0)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(count, buffer.Length));
                var read = await RandomAccess.ReadAsync(file, piece, offset, cancellationToken);
                if (read == 0) throw new EndOfStreamException($"The file {name} is shorter than its object.");
                await write(piece[..read]);
                offset += read;
                count -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private SafeFileHandle Create(string name)
    {
        Directory.CreateDirectory(directory);
        return File.OpenHandle(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write);
    }
}
