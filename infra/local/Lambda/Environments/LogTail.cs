namespace Isobar.Local.Lambda.Environments;

/// <summary>The last 4 KB of one invocation's log.</summary>
/// <remarks>Source: Lambda API reference, Invoke, <c>LogResult</c>: the last 4 KB of the execution log.</remarks>
internal sealed class LogTail
{
    public const int MaxBytes = 4_096;

    private readonly byte[] ring = new byte[MaxBytes];
    private long written;

    /// <summary>Adds a line and its line feed.</summary>
    public void Append(ReadOnlySpan<byte> line)
    {
        Copy(line);
        Copy("\n"u8);
    }

    public byte[] ToArray()
    {
        var length = (int)Math.Min(written, MaxBytes);
        var tail = new byte[length];
        for (var i = 0; i < length; i++) tail[i] = ring[(written - length + i) % MaxBytes];
        return tail;
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            written += bytes.Length - MaxBytes;
            bytes = bytes[^MaxBytes..];
        }

        var at = (int)(written % MaxBytes);
        var first = Math.Min(bytes.Length, MaxBytes - at);
        bytes[..first].CopyTo(ring.AsSpan(at));
        bytes[first..].CopyTo(ring);
        written += bytes.Length;
    }
}
