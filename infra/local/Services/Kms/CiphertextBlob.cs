using System.Buffers.Binary;
using System.Text;

namespace Isobar.Local.Services.Kms;

/// <summary>
/// A ciphertext as bytes: a byte for the format, the key's id, nonce, tag, and the encrypted bytes. AWS documents no
/// format; callers see bytes that only this service can read, of which the key is found.
/// </summary>
internal sealed class CiphertextBlob
{
    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    private const byte Format = 1;
    private const int IdBytes = 16;
    private const int HeaderBytes = 1 + IdBytes;
    private const int OverheadBytes = HeaderBytes + NonceBytes + TagBytes;

    private CiphertextBlob(byte[] bytes) => Bytes = bytes;

    /// <summary>A new one, into which nothing has been encrypted yet.</summary>
    public CiphertextBlob(Guid key, byte[] nonce, int length)
    {
        Bytes = new byte[OverheadBytes + length];
        Bytes[0] = Format;
        key.TryWriteBytes(Bytes.AsSpan(1), bigEndian: true, out _);
        nonce.CopyTo(Nonce);
    }

    public byte[] Bytes { get; }

    /// <summary>The key that it was encrypted with.</summary>
    public Guid KeyId => new(Bytes.AsSpan(1, IdBytes), bigEndian: true);

    public Span<byte> Nonce => Bytes.AsSpan(HeaderBytes, NonceBytes);

    public Span<byte> Tag => Bytes.AsSpan(HeaderBytes + NonceBytes, TagBytes);

    public Span<byte> Body => Bytes.AsSpan(OverheadBytes);

    /// <returns>Null when the bytes have not this form.</returns>
    public static CiphertextBlob? TryParse(byte[] bytes) =>
        bytes.Length > OverheadBytes && bytes[0] == Format ? new CiphertextBlob(bytes) : null;

    /// <summary>
    /// What is authenticated beside the encrypted bytes: the header, and the encryption context, whose order is of no
    /// matter. Each text has its length in front, so that no two contexts are the same bytes.
    /// </summary>
    public byte[] AuthenticatedWith(IReadOnlyDictionary<string, string> context)
    {
        using var buffer = new MemoryStream();
        buffer.Write(Bytes, 0, HeaderBytes);
        foreach (var (name, value) in context.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Write(buffer, name);
            Write(buffer, value);
        }

        return buffer.ToArray();
    }

    private static void Write(MemoryStream buffer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        buffer.Write(length);
        buffer.Write(bytes);
    }
}
