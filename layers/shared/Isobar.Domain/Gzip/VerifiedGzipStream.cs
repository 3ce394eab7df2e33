using System.IO.Compression;

namespace Isobar.Domain;

/// <summary>
/// Decompresses a gzip and vouches for it: its end is reported only after checksum, length and the end of the file
/// have been found right. GZipStream reports an end on truncated files too and ignores what follows the data.
/// Exactly one member is accepted. Asynchronous reads only; memory is constant.
/// </summary>
/// <param name="file">The compressed file from its first byte; not closed here.</param>
/// <param name="maxContentBytes">Decompressed bytes after which the file is refused.</param>
public sealed class VerifiedGzipStream(Stream file, long maxContentBytes = ChunkPlan.MaxContentBytes) : Stream
{
    private readonly GzipBody _body = new(file);
    private DeflateStream? _inflater;
    private Crc32 _crc32;
    private long _length;
    private bool _verified;

    /// <summary>Reads decompressed content; 0 means its end and that everything was right.</summary>
    /// <exception cref="InputRefusedException">One of the <c>gzip:</c> reasons. What was read before is not to be
    /// trusted either.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation = default)
    {
        if (_verified || destination.IsEmpty) return 0;
        if (_inflater is null)
        {
            await GzipHeader.SkipAsync(_body, cancellation);
            _inflater = new DeflateStream(_body, CompressionMode.Decompress);
        }

        int read;
        try
        {
            read = await _inflater.ReadAsync(destination, cancellation);
        }
        catch (InvalidDataException broken)
        {
            throw new InputRefusedException(InputReasons.GzipData, broken.Message);
        }

        if (read == 0) Verify();
        _crc32.Append(destination.Span[..read]);
        _length += read;
        if (_length > maxContentBytes)
        {
            throw new InputRefusedException(
                InputReasons.GzipContent, $"The content is longer than {maxContentBytes} bytes.");
        }

        return read;
    }

    private void Verify()
    {
        if (_body.AskedForMore)
            throw new InputRefusedException(InputReasons.GzipTruncated, "The file ends within its compressed data.");
        if (!_body.LastByteTaken)
            throw new InputRefusedException(InputReasons.GzipTrailing, "The file goes on after its first member.");

        var (crc32, length) = _body.Trailer;
        if (crc32 != _crc32.Value)
        {
            throw new InputRefusedException(
                InputReasons.GzipChecksum, $"The content has CRC-32 {_crc32.Value:x8}, the trailer says {crc32:x8}.");
        }

        if (length != (uint)_length)
        {
            throw new InputRefusedException(
                InputReasons.GzipLength, $"The content has {_length} bytes, the trailer says {length}.");
        }

        _verified = true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _inflater?.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <summary>Not supported.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Not supported: the file comes from a network.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void Flush() => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
