namespace Isobar.Domain;

/// <summary>The two row files of a chunk.</summary>
internal sealed class ChunkOutputs : IDisposable
{
    private readonly BlockWriter _curated;
    private readonly BlockWriter _quarantine;

    public ChunkOutputs(Stream curated, Stream quarantine)
    {
        _curated = new BlockWriter(curated);
        _quarantine = new BlockWriter(quarantine);
        Quarantine = new QuarantineRows(_quarantine);
    }

    public BlockWriter Curated => _curated;

    public QuarantineRows Quarantine { get; }

    public async ValueTask WriteBlocksAsync(CancellationToken cancellation)
    {
        await _curated.WriteBlocksAsync(cancellation);
        await _quarantine.WriteBlocksAsync(cancellation);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await _curated.CompleteAsync(cancellation);
        await _quarantine.CompleteAsync(cancellation);
    }

    public void Dispose()
    {
        Quarantine.Dispose();
        _curated.Dispose();
        _quarantine.Dispose();
    }
}
