using System.Security.Cryptography;

namespace Isobar.Local.Services.Sqs;

/// <summary>What makes two messages of a FIFO queue the same.</summary>
/// <param name="Group">Null where the deduplication scope is the whole queue.</param>
internal readonly record struct DeduplicationKey(string? Group, string Id);

/// <summary>What the sender of a duplicate is told: the message that was accepted.</summary>
internal sealed record AcceptedMessage(string MessageId, string SequenceNumber);

/// <summary>
/// The messages that a FIFO queue accepted in the last five minutes of service time, also those deleted since.
/// </summary>
/// <remarks>Source: Amazon SQS Developer Guide, "Exactly-once processing in Amazon SQS".</remarks>
internal sealed class Deduplication(StoredBytes stored)
{
    private readonly Dictionary<DeduplicationKey, AcceptedMessage> accepted = [];
    private readonly Queue<(DeduplicationKey Key, DateTimeOffset At)> byAge = new();

    /// <summary>The id of a message that was sent without one, where the queue deduplicates by content.</summary>
    /// <returns>SHA-256 of the body, without the attributes, in lower-case hexadecimal.</returns>
    public static string IdOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    /// <summary>The message that was accepted under the key, or null.</summary>
    public AcceptedMessage? Find(DeduplicationKey key, DateTimeOffset now)
    {
        Forget(now);
        return accepted.GetValueOrDefault(key);
    }

    /// <param name="key">One that <see cref="Find"/> does not find.</param>
    public void Add(DeduplicationKey key, AcceptedMessage message, DateTimeOffset now)
    {
        accepted.Add(key, message);
        byAge.Enqueue((key, now));
        stored.Total += SqsLimits.DeduplicationBytes;
    }

    /// <summary>Forgets what was accepted more than five minutes ago.</summary>
    public void Forget(DateTimeOffset now)
    {
        while (byAge.TryPeek(out var oldest) && oldest.At + SqsLimits.DeduplicationInterval <= now)
        {
            accepted.Remove(byAge.Dequeue().Key);
            stored.Total -= SqsLimits.DeduplicationBytes;
        }
    }

    public void Clear()
    {
        stored.Total -= accepted.Count * (long)SqsLimits.DeduplicationBytes;
        accepted.Clear();
        byAge.Clear();
    }
}
