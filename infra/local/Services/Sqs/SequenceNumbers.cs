using System.Globalization;

namespace Isobar.Local.Services.Sqs;

/// <summary>The sequence numbers of a FIFO queue: they grow with every message, and leave gaps.</summary>
/// <remarks>Source: Amazon SQS API Reference, SendMessage, SequenceNumber: 128 bits, not consecutive. Those that AWS
/// gives out have 20 digits, and so text of theirs sorts as the numbers do.</remarks>
internal static class SequenceNumbers
{
    private const ulong Start = 10_000_000_000_000_000_000;
    private const ulong Step = 256;

    /// <param name="message">The message's number in its queue, from 1 on.</param>
    public static string Of(long message) => (Start + (ulong)message * Step).ToString(CultureInfo.InvariantCulture);
}
