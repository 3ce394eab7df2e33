using Isobar.Domain;

namespace Isobar.Transform;

/// <summary>Reads the bytes of chunks from the landing bucket.</summary>
public interface ILandedRanges
{
    /// <summary>
    /// The stored bytes of the chunk: for a plain file from <see cref="ChunkRange.ReadStart"/> to
    /// <see cref="ChunkRange.ReadEnd"/>, for a gzip all of them.
    /// </summary>
    Task<Stream> OpenAsync(ChunkMessage chunk, CancellationToken cancellationToken);
}
