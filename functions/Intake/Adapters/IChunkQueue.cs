using Isobar.Domain;

namespace Isobar.Intake;

/// <summary>The chunks queue as Intake sees it.</summary>
public interface IChunkQueue
{
    /// <summary>Sends every message, at least once.</summary>
    Task SendAsync(IReadOnlyList<ChunkMessage> messages, CancellationToken cancellationToken);
}
