namespace Isobar.Telemetry.Batching;

/// <summary>
/// What one request brings to a destination. It never changes once it is sealed, so a second attempt repeats the first.
/// </summary>
/// <param name="FirstSequence">The sequence number of the first line; objects are named by it.</param>
internal sealed record SealedBatch(long FirstSequence, DateTimeOffset SealedAt, BatchContent Body)
{
    public int Lines => Body.Lines;

    public ReadOnlyMemory<byte> Content => Body.Bytes;
}
