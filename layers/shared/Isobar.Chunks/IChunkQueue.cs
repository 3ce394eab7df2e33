using Isobar.Domain;

namespace Isobar.Chunks;

/// <summary>Sends to the chunks queue.</summary>
public interface IChunkQueue
{
    /// <summary>Sends every message, at least once.</summary>
    Task SendAsync(IReadOnlyList<ChunkMessage> messages, CancellationToken cancellationToken);
}
