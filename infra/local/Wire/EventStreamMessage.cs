using System.Buffers.Binary;
using System.Text;

namespace Isobar.Local.Wire;

/// <summary>Writes the messages of which the answer of a streaming operation is made.</summary>
/// <remarks>Source: Smithy, "Amazon Event Stream Specification": a prelude with lengths and its checksum, headers of
/// strings, the payload, and the checksum of all of it.</remarks>
internal static class EventStreamMessage
{
    public const string ContentType = "application/vnd.amazon.eventstream";

    private const int PreludeBytes = 12;
    private const int ChecksumBytes = 4;
    private const byte StringType = 7;

    /// <summary>The first message of an answer in the awsJson protocols.</summary>
    public const string InitialResponse = "initial-response";

    /// <param name="type">The member of the operation's stream.</param>
    public static byte[] Event(string type, ReadOnlySpan<byte> payload, string contentType) => Write(
        [(":message-type", "event"), (":event-type", type), (":content-type", contentType)], payload);

    /// <summary>An error that ends the stream.</summary>
    /// <param name="type">The member of the operation's stream.</param>
    public static byte[] Exception(string type, ReadOnlySpan<byte> payload, string contentType) => Write(
        [(":message-type", "exception"), (":exception-type", type), (":content-type", contentType)], payload);

    private static byte[] Write(ReadOnlySpan<(string Name, string Value)> headers, ReadOnlySpan<byte> payload)
    {
        var headerBytes = 0;
        foreach (var (name, value) in headers) headerBytes += 4 + name.Length + Encoding.UTF8.GetByteCount(value);
        var message = new byte[PreludeBytes + headerBytes + payload.Length + ChecksumBytes];
        BinaryPrimitives.WriteUInt32BigEndian(message, (uint)message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), (uint)headerBytes);
        WriteChecksum(message, 8);
        var at = PreludeBytes;
        foreach (var (name, value) in headers)
        {
            message[at++] = (byte)name.Length;
            at += Encoding.ASCII.GetBytes(name, message.AsSpan(at));
            message[at++] = StringType;
            var length = Encoding.UTF8.GetBytes(value, message.AsSpan(at + 2));
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at), (ushort)length);
            at += 2 + length;
        }

        payload.CopyTo(message.AsSpan(at));
        WriteChecksum(message, message.Length - ChecksumBytes);
        return message;
    }

    /// <summary>Writes the checksum of what comes before it.</summary>
    private static void WriteChecksum(Span<byte> message, int at) => BinaryPrimitives.WriteUInt32BigEndian(
        message[at..], (uint)Crc.Crc32.Append(Crc.Empty, message[..at]));
}
