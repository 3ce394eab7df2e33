namespace Isobar.Domain;

/// <summary>
/// The part [<see cref="Start"/>, <see cref="End"/>) of a file's content. It owns the lines whose first byte lies in
/// it, wherever they end; so every line of the file has one owner, whatever the cuts.
/// </summary>
/// <param name="Start">Offset of the first byte, 0 or more.</param>
/// <param name="End">Offset after the last byte; <see cref="long.MaxValue"/> for all of it.</param>
/// <param name="ContentLength">Bytes in the whole content; null when only its end will tell (gzip).</param>
public readonly record struct ChunkRange(long Start, long End, long? ContentLength)
{
    /// <summary>All of a content whose length is not known before it is read.</summary>
    public static readonly ChunkRange Everything = new(0, long.MaxValue, null);

    /// <summary>Where reading begins: one byte early, to see whether a line begins exactly at the start.</summary>
    public long ReadStart => Math.Max(Start - 1, 0);

    /// <summary>
    /// Where reading can stop, exclusive: far enough to finish a good row that begins on the last byte, or to know
    /// that it is too long. A caller can request exactly [ReadStart, ReadEnd) from storage.
    /// </summary>
    public long ReadEnd => Math.Min(ContentLength ?? long.MaxValue, SaturatingAdd(End, LineSplitter.MaxLineBytes - 1));

    private static long SaturatingAdd(long value, long more) =>
        value > long.MaxValue - more ? long.MaxValue : value + more;
}
