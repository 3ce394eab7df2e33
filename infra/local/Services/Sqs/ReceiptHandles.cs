using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Isobar.Local.Services.Sqs;

/// <summary>
/// Opaque text that stands for one receive of one message: queue number, message number, count of the receive, and a
/// keyed hash of the three. Handles take no memory, and the hash tells a handle that no queue issued.
/// </summary>
/// <param name="secret">The key of the hash.</param>
internal sealed class ReceiptHandles(byte[] secret)
{
    private const int SignedBytes = 20;
    private const int HandleBytes = 32;

    public string Issue(long queue, long message, int receive)
    {
        Span<byte> bytes = stackalloc byte[HandleBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, queue);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], message);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], receive);
        Sign(bytes[..SignedBytes], bytes[SignedBytes..]);
        return Convert.ToBase64String(bytes);
    }

    /// <returns>Which receive of which message of this queue the handle stands for.</returns>
    /// <exception cref="Wire.AwsException">ReceiptHandleIsInvalid: no queue issued it, or another one did.</exception>
    public (long Message, int Receive) Read(string handle, long queue)
    {
        Span<byte> bytes = stackalloc byte[HandleBytes];
        Span<byte> signature = stackalloc byte[HandleBytes - SignedBytes];
        if (!Convert.TryFromBase64String(handle, bytes, out var written) || written != HandleBytes)
            throw SqsErrors.ReceiptHandleIsInvalid(handle);
        Sign(bytes[..SignedBytes], signature);
        if (!signature.SequenceEqual(bytes[SignedBytes..])) throw SqsErrors.ReceiptHandleIsInvalid(handle);
        if (BinaryPrimitives.ReadInt64BigEndian(bytes) != queue) throw SqsErrors.ReceiptHandleOfAnotherQueue(handle);
        return (BinaryPrimitives.ReadInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]));
    }

    private void Sign(ReadOnlySpan<byte> content, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, content, hash);
        hash[..signature.Length].CopyTo(signature);
    }
}
