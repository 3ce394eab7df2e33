using System.Threading.Channels;

namespace Isobar.Telemetry.Batching;

/// <summary>The one way to the spool, which the listener and the shipper share.</summary>
internal sealed class SpoolOwner(Spool spool, TimeProvider clock)
{
    private readonly Lock gate = new();

    // One signal says all: whoever reads it looks at the spool until there is nothing left.
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public int HeldLines
    {
        get { lock (gate) return spool.HeldLines; }
    }

    public void Take(ReadOnlyMemory<byte> delivery)
    {
        lock (gate) spool.Take(delivery, clock.GetUtcNow());
        signal.Writer.TryWrite(true);
    }

    public void Flush()
    {
        lock (gate) spool.Flush();
        signal.Writer.TryWrite(true);
    }

    public SealedBatch? Next()
    {
        lock (gate) return spool.Next(clock.GetUtcNow());
    }

    public void Shipped()
    {
        lock (gate) spool.Shipped(clock.GetUtcNow());
    }

    /// <summary>Completes when there may be something to send.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await signal.Reader.ReadAsync(cancellationToken);
}
