namespace Isobar.Telemetry.Batching;

/// <summary>Bounds of the memory that waiting lines take, also when a destination is not reachable.</summary>
/// <param name="BatchBytes">Bytes of one batch's lines before compression; then it is sealed.</param>
/// <param name="SealedBytes">Bytes of the compressed batches that wait; beyond that the oldest are dropped.</param>
/// <param name="SealedBatches">Number of the batches that wait; beyond that the oldest are dropped.</param>
internal sealed record LineBufferLimits(int BatchBytes, int SealedBytes, int SealedBatches)
{
    public static LineBufferLimits Default { get; } = new(128 * 1_024, 2 * 1_024 * 1_024, 256);

    /// <summary>The limits of each of several destinations, which share the memory for what waits.</summary>
    public LineBufferLimits SharedBy(int destinations) => this with { SealedBytes = SealedBytes / destinations };
}
