using Isobar.Domain;

namespace Isobar.Chunks;

/// <summary>The chunks queue as those who fill it see it.</summary>
public interface IChunkQueue
{
    /// <summary>Sends every message, at least once.</summary>
    Task SendAsync(IReadOnlyList<ChunkMessage> messages, CancellationToken cancellationToken);
}
