using System.Threading.Channels;

namespace Isobar.Telemetry.Batching;

/// <summary>A line buffer that the listener and the shipper share: it locks each call.</summary>
internal sealed class SharedLineBuffer(LineBuffer buffer, TimeProvider clock)
{
    private readonly Lock gate = new();

    // One signal is enough: after it the shipper asks the buffer until nothing is left.
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public int HeldLines
    {
        get { lock (gate) return buffer.HeldLines; }
    }

    public void Take(ReadOnlyMemory<byte> delivery)
    {
        lock (gate) buffer.Take(delivery, clock.GetUtcNow());
        signal.Writer.TryWrite(true);
    }

    public void Flush()
    {
        lock (gate) buffer.Flush();
        signal.Writer.TryWrite(true);
    }

    public SealedBatch? Next()
    {
        lock (gate) return buffer.Next(clock.GetUtcNow());
    }

    public void Shipped()
    {
        lock (gate) buffer.Shipped(clock.GetUtcNow());
    }

    /// <summary>Completes when there may be something to send.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await signal.Reader.ReadAsync(cancellationToken);
}
