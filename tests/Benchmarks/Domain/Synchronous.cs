namespace Isobar.Benchmarks.Domain;

/// <summary>
/// Reads a file on the calling thread: a FileStream hands even reads from the page cache to another thread, and what
/// is measured here is one core.
/// </summary>
internal sealed class Synchronous(FileStream file) : Stream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(file.Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
