using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Local.Services.Sqs;

/// <summary>The MD5 digests by which a client checks what arrived.</summary>
internal static class MessageDigest
{
    private const byte StringTransport = 1;
    private const byte BinaryTransport = 2;

    /// <returns>Lower-case hexadecimal.</returns>
    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(body, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The digest of attributes in the order of their names: of each the length and text of name and type,
    /// its kind, and the length and bytes of its value.</summary>
    /// <remarks>Source: Amazon SQS Developer Guide, "Calculating the MD5 message
    /// digest for message attributes".</remarks>
    /// <returns>Null when there are none.</returns>
    public static string? Of(IReadOnlyDictionary<string, MessageAttributeValue> attributes)
    {
        if (attributes.Count == 0) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var (name, value) in attributes.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(name));
            Append(hash, Encoding.UTF8.GetBytes(value.DataType!));
            hash.AppendData([value.IsBinary ? BinaryTransport : StringTransport]);
            Append(hash, value.Value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
