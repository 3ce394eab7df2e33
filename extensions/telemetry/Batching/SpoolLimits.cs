namespace Isobar.Telemetry.Batching;

/// <summary>What the extension holds in memory at most, whatever its destination does.</summary>
/// <param name="BatchBytes">Lines of one object before compression.</param>
/// <param name="SealedBytes">Compressed batches that wait; then the oldest go.</param>
/// <param name="SealedBatches">The same, by number.</param>
internal sealed record SpoolLimits(int BatchBytes, int SealedBytes, int SealedBatches)
{
    public static SpoolLimits Default { get; } = new(128 * 1_024, 2 * 1_024 * 1_024, 256);
}
