using System.Buffers.Binary;
using System.Security.Cryptography;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager;

/// <summary>
/// Encrypts values, for the caller, with a data key of another service each. The secret's ARN and the version's id are
/// the encryption context, so a ciphertext can't be read as another secret's.
/// </summary>
/// <remarks>
/// Source: AWS Secrets Manager User Guide, "Secret encryption and decryption": the context's names, and the key
/// alias/aws/secretsmanager where a secret names none. AWS does not say how it stores the two together.
/// </remarks>
internal sealed class SecretCipher(IEncryptionKeys? keys, CallScope caller)
{
    private const string ManagedKey = "alias/aws/secretsmanager";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <param name="keyId">Null for the key that AWS manages.</param>
    /// <exception cref="AwsException">EncryptionFailure, AccessDeniedException.</exception>
    public byte[] Seal(string arn, string versionId, string? keyId, byte[] value)
    {
        var key = Asked(true, keys => keys.GenerateDataKey(keyId ?? ManagedKey, ContextOf(arn, versionId), caller));
        var encryptedKey = key.Encrypted.Ciphertext;
        var at = sizeof(ushort) + encryptedKey.Length;
        var message = new byte[at + NonceBytes + TagBytes + value.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)encryptedKey.Length);
        encryptedKey.CopyTo(message, sizeof(ushort));
        // The data key is used once, so a constant nonce is never used twice with it.
        using var aes = new AesGcm(key.Plaintext, TagBytes);
        aes.Encrypt(message.AsSpan(at, NonceBytes), value, message.AsSpan(at + NonceBytes + TagBytes),
            message.AsSpan(at + NonceBytes, TagBytes));
        CryptographicOperations.ZeroMemory(key.Plaintext);
        return message;
    }

    /// <exception cref="AwsException">DecryptionFailure, AccessDeniedException.</exception>
    public byte[] Open(string arn, string versionId, byte[] message)
    {
        var at = sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(message);
        var key = Asked(false, keys => keys.Decrypt(message[sizeof(ushort)..at], ContextOf(arn, versionId), caller));
        var value = new byte[message.Length - at - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(message.AsSpan(at, NonceBytes), message.AsSpan(at + NonceBytes + TagBytes),
            message.AsSpan(at + NonceBytes, TagBytes), value);
        CryptographicOperations.ZeroMemory(key);
        return value;
    }

    private static Dictionary<string, string> ContextOf(string arn, string versionId) =>
        new() { ["SecretARN"] = arn, ["SecretVersionId"] = versionId };

    private T Asked<T>(bool isEncryption, Func<IEncryptionKeys, T> ask)
    {
        try
        {
            return ask(keys ?? throw new AwsException("NotFoundException", "There is no service with keys here."));
        }
        catch (AwsException refusal)
        {
            throw SecretsErrors.OfKey(refusal, isEncryption);
        }
    }
}
