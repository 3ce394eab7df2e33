using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Events;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>An intake with the buffer of one destination, a bucket.</summary>
internal sealed class OneBuffer
{
    private readonly LineBuffer buffer;
    private readonly EventIntake intake;

    public OneBuffer(Level? leastLevel, LineBufferLimits limits, double share = 1, InvocationSummary? summary = null)
    {
        buffer = new LineBuffer(
            "the bucket", new JsonLinesFormat(BufferedLines.EnvironmentId, limits.BatchBytes), limits);
        intake = new EventIntake(
            leastLevel, new Sampling(share), summary,
            new InvocationTracker(new SpanIds(BufferedLines.EnvironmentId)), [buffer]);
    }

    public void Take(ReadOnlyMemory<byte> delivery, DateTimeOffset now) => intake.Take(delivery, now);

    public void Flush() => buffer.Flush();

    public void ReportSampledAway(DateTimeOffset now) => intake.ReportSampledAway(now);

    public IReadOnlyList<string> TakeOutput() => intake.TakeOutput();

    public SealedBatch? Next(DateTimeOffset now) => buffer.Next(now);

    public bool IsDue => buffer.IsDue;

    public void Shipped(SealedBatch batch, DateTimeOffset now, long rejected = 0) =>
        intake.Report(buffer.Shipped(batch, rejected), now);

    public string? TakeNotice() => buffer.TakeNotice();

    /// <summary>It, and what a shipper has to do with.</summary>
    public (Pipeline Pipeline, Pipeline.Outlet Outlet) Share(TimeProvider clock, Action<string> log)
    {
        var pipeline = new Pipeline(intake, [buffer], clock, log);
        return (pipeline, pipeline.Outlets[0]);
    }
}
