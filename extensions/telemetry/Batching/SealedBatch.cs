namespace Isobar.Telemetry.Batching;

/// <summary>
/// The lines of one object. The key of a sealed batch never changes, so a second attempt overwrites the first.
/// </summary>
/// <param name="FirstSequence">The sequence number of the first line; the object is named by it.</param>
/// <param name="Content">The lines as JSON Lines, compressed with gzip.</param>
internal sealed record SealedBatch(
    long FirstSequence, int Lines, DateTimeOffset SealedAt, ReadOnlyMemory<byte> Content);
