namespace Isobar.Domain;

/// <summary>The two row files of a chunk.</summary>
internal sealed class ChunkOutputs : IDisposable
{
    private readonly BlockWriter curated;
    private readonly BlockWriter quarantine;

    public ChunkOutputs(Stream curated, Stream quarantine)
    {
        this.curated = new BlockWriter(curated);
        this.quarantine = new BlockWriter(quarantine);
        Quarantine = new QuarantineRows(this.quarantine);
    }

    public BlockWriter Curated => curated;

    public QuarantineRows Quarantine { get; }

    public async ValueTask WriteBlocksAsync(CancellationToken cancellation)
    {
        await curated.WriteBlocksAsync(cancellation);
        await quarantine.WriteBlocksAsync(cancellation);
    }

    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await curated.CompleteAsync(cancellation);
        await quarantine.CompleteAsync(cancellation);
    }

    public void Dispose()
    {
        Quarantine.Dispose();
        curated.Dispose();
        quarantine.Dispose();
    }
}
