namespace Isobar.Telemetry.Batching;

/// <summary>Bounds of the memory that waiting lines take, also when the bucket is not reachable.</summary>
/// <param name="BatchBytes">Bytes of one object's lines before compression; then its batch is sealed.</param>
/// <param name="SealedBytes">Bytes of the compressed batches that wait; beyond that the oldest are dropped.</param>
/// <param name="SealedBatches">Number of the batches that wait; beyond that the oldest are dropped.</param>
internal sealed record LineBufferLimits(int BatchBytes, int SealedBytes, int SealedBatches)
{
    public static LineBufferLimits Default { get; } = new(128 * 1_024, 2 * 1_024 * 1_024, 256);
}
