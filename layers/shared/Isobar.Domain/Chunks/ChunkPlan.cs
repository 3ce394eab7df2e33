namespace Isobar.Domain;

/// <summary>How an object is divided: its chunks, or the reason for which it is refused.</summary>
public sealed record ChunkPlan
{
    /// <summary>Bytes in a chunk of a plain file.</summary>
    public const long ChunkBytes = 8 * 1024 * 1024;

    /// <summary>Chunks a job.</summary>
    public const int MaxChunks = 512;

    /// <summary>
    /// Compressed bytes in a gzip, which is one chunk because it can only be read from its beginning.
    /// </summary>
    public const long MaxGzipBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Decompressed bytes in a gzip: as many as a plain file may have (4 GiB). Memory does not depend on it; it keeps
    /// a 64 MiB bomb (66 GB at deflate's limit of 1,032 to 1) from holding a function for its whole timeout.
    /// The largest real file, a year of all stations, has 1.4 GB.
    /// </summary>
    public const long MaxContentBytes = MaxChunks * ChunkBytes;

    private ChunkPlan(IReadOnlyList<PlannedChunk> chunks, string? refusal) => (Chunks, Refusal) = (chunks, refusal);

    /// <summary>The chunks in order; empty for an empty object and for a refused one.</summary>
    public IReadOnlyList<PlannedChunk> Chunks { get; }

    /// <summary>One of <see cref="InputReasons"/>; null when the object is accepted.</summary>
    public string? Refusal { get; }

    /// <summary>Plans an object.</summary>
    /// <param name="length">Its bytes as stored, 0 or more.</param>
    /// <param name="isGzip">What <see cref="Gzip.IsGzip"/> says about its first two bytes.</param>
    /// <param name="chunkBytes">Bytes in a chunk of a plain file, from 1; the last one may have fewer.</param>
    public static ChunkPlan For(long length, bool isGzip, long chunkBytes = ChunkBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0) return new([], null);
        if (isGzip) return length > MaxGzipBytes ? new([], InputReasons.GzipSize) : new([new(0, length)], null);

        var count = (length + chunkBytes - 1) / chunkBytes;
        if (count > MaxChunks) return new([], InputReasons.ObjectChunks);

        var chunks = new PlannedChunk[count];
        for (var index = 0; index < count; index++)
            chunks[index] = new(index * chunkBytes, Math.Min((index + 1) * chunkBytes, length));
        return new(chunks, null);
    }
}

/// <summary>Bytes [Start, End) of an object as stored.</summary>
public readonly record struct PlannedChunk(long Start, long End);
