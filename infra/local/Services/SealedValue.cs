using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Isobar.Local.Services;

/// <summary>
/// A value that is encrypted with a data key: the encrypted data key with its length in front, nonce, tag, and the
/// encrypted value. The format is this host's; Parameter Store uses the message format of AWS's Encryption SDK.
/// </summary>
internal static class SealedValue
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <param name="key">For this value alone; its plaintext is cleared.</param>
    public static byte[] Seal(byte[] plaintext, DataKey key)
    {
        var encryptedKey = key.Encrypted.Ciphertext;
        var at = sizeof(ushort) + encryptedKey.Length;
        var message = new byte[at + NonceBytes + TagBytes + plaintext.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)encryptedKey.Length);
        encryptedKey.CopyTo(message, sizeof(ushort));
        // The data key is used once, so a constant nonce is never used twice with it.
        using var aes = new AesGcm(key.Plaintext, TagBytes);
        aes.Encrypt(message.AsSpan(at, NonceBytes), plaintext, message.AsSpan(at + NonceBytes + TagBytes),
            message.AsSpan(at + NonceBytes, TagBytes));
        CryptographicOperations.ZeroMemory(key.Plaintext);
        return message;
    }

    /// <param name="message">What <see cref="Seal"/> made.</param>
    /// <param name="decryptKey">Decrypts the data key; what it answers is cleared.</param>
    public static byte[] Open(byte[] message, Func<byte[], byte[]> decryptKey)
    {
        var at = sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(message);
        var key = decryptKey(message[sizeof(ushort)..at]);
        var plaintext = new byte[message.Length - at - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(message.AsSpan(at, NonceBytes), message.AsSpan(at + NonceBytes + TagBytes),
            message.AsSpan(at + NonceBytes, TagBytes), plaintext);
        CryptographicOperations.ZeroMemory(key);
        return plaintext;
    }
}
