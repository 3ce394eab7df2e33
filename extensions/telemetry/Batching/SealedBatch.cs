namespace Isobar.Telemetry.Batching;

/// <summary>
/// Lines that will be one object; its key never changes, so that a second attempt overwrites the first.
/// </summary>
/// <param name="FirstSequence">The sequence number of its first line, and the object's name.</param>
/// <param name="Content">The lines as JSON Lines, compressed with gzip.</param>
internal sealed record SealedBatch(
    long FirstSequence, int Lines, DateTimeOffset SealedAt, ReadOnlyMemory<byte> Content);
