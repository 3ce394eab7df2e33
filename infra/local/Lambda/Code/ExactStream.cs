namespace Isobar.Local.Lambda.Code;

/// <summary>Reads an entry that must be as long as the zip file says, so that a lie about it is found early.</summary>
internal sealed class ExactStream(Stream content, long bytes) : Stream
{
    private long done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => bytes;

    public override long Position
    {
        get => done;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="PackageRefusedException">There is more than was said, or less.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        try
        {
            var read = content.Read(buffer);
            done += read;
            return done > bytes || (read == 0 && done < bytes) ? throw PackageRefusedException.Unreadable() : read;
        }
        catch (InvalidDataException e)
        {
            throw PackageRefusedException.Unreadable(e);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) content.Dispose();
        base.Dispose(disposing);
    }
}
