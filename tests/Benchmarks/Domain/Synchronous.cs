using Isobar.Domain;

namespace Isobar.Benchmarks.Domain;

/// <summary>
/// Reads a file on the calling thread: a FileStream hands even reads from the page cache to another thread, and what
/// is measured here is one core.
/// </summary>
internal sealed class Synchronous(FileStream file) : ForwardStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(file.Read(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);
}
