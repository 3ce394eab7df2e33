using System.Threading.Channels;
using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Batching;

/// <summary>
/// The intake and the buffers, shared by the listener and one shipper for each destination: it locks each call. A
/// shipper that waits for its destination holds no lock, so that it delays neither the listener nor another shipper.
/// </summary>
/// <param name="write">Writes a line to the standard output; called outside the lock.</param>
internal sealed class Pipeline(
    EventIntake intake, IReadOnlyList<LineBuffer> buffers, TimeProvider clock, Action<string> write)
{
    private readonly IReadOnlyList<LineBuffer> buffers = buffers;
    private readonly TimeProvider clock = clock;
    private readonly EventIntake intake = intake;
    private readonly Lock gate = new();
    private readonly Channel<bool>[] signals = [.. buffers.Select(_ => Channel.CreateBounded<bool>(
        // One signal is enough: after it the shipper asks its buffer until nothing is left.
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }))];

    /// <summary>One for each destination, in the order of their buffers.</summary>
    public IReadOnlyList<Outlet> Outlets => [.. buffers.Select((buffer, index) => new Outlet(this, buffer, index))];

    public void Take(ReadOnlyMemory<byte> delivery)
    {
        var lines = new List<string>();
        lock (gate)
        {
            intake.Take(delivery, clock.GetUtcNow());
            lines.AddRange(intake.TakeOutput());
            foreach (var buffer in buffers)
                if (buffer.TakeNotice() is { } notice) lines.Add(OwnLines.Prefix + notice);
        }

        foreach (var signal in signals) signal.Writer.TryWrite(true);
        foreach (var line in lines) write(line);
    }

    /// <summary>What one shipper has to do with.</summary>
    internal sealed class Outlet(Pipeline pipeline, LineBuffer buffer, int index)
    {
        public int HeldLines
        {
            get { lock (pipeline.gate) return buffer.HeldLines; }
        }

        /// <summary>Makes all lines due, and with them what sampling has left out.</summary>
        public void Flush()
        {
            lock (pipeline.gate)
            {
                pipeline.intake.ReportSampledAway(pipeline.clock.GetUtcNow());
                buffer.Flush();
            }

            pipeline.signals[index].Writer.TryWrite(true);
        }

        public SealedBatch? Next()
        {
            lock (pipeline.gate) return buffer.Next(pipeline.clock.GetUtcNow());
        }

        public void Shipped(SealedBatch batch, long rejected)
        {
            lock (pipeline.gate) pipeline.intake.Report(buffer.Shipped(batch, rejected), pipeline.clock.GetUtcNow());
        }

        /// <summary>Tells of the batch at once, wherever else lines go.</summary>
        public void Refused(SealedBatch batch)
        {
            lock (pipeline.gate)
            {
                pipeline.intake.Report(buffer.Refused(batch), pipeline.clock.GetUtcNow());
                foreach (var other in pipeline.buffers)
                    if (other != buffer) other.Flush();
            }

            for (var other = 0; other < pipeline.signals.Length; other++)
                if (other != index) pipeline.signals[other].Writer.TryWrite(true);
        }

        /// <summary>Completes when there may be something to send.</summary>
        public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
            await pipeline.signals[index].Reader.ReadAsync(cancellationToken);
    }
}
