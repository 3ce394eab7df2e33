using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm;

/// <summary>
/// Encrypts the values of SecureString parameters, for the caller, with the keys of another service. The parameter's
/// ARN is the encryption context, so a ciphertext can't be read as another parameter's.
/// </summary>
/// <remarks>
/// Source: AWS Systems Manager User Guide, "AWS KMS encryption for Parameter Store SecureString parameters": the
/// standard tier encrypts the value itself; the advanced tier encrypts it with a data key, as values can be longer.
/// </remarks>
internal sealed class SecureValue(IEncryptionKeys keys, CallScope caller)
{
    private const string ContextName = "PARAMETER_ARN";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <returns>Base64.</returns>
    /// <exception cref="AwsException">InvalidKeyId, AccessDeniedException.</exception>
    public string Encrypt(string name, string value, string tier, string keyId)
    {
        var plaintext = Encoding.UTF8.GetBytes(value);
        return Convert.ToBase64String(Asked(() => tier == ParameterKinds.Advanced
            ? Seal(plaintext, keys.GenerateDataKey(keyId, ContextOf(name), caller))
            : keys.Encrypt(keyId, plaintext, ContextOf(name), caller).Ciphertext));
    }

    /// <exception cref="AwsException">InvalidKeyId, AccessDeniedException.</exception>
    public string Decrypt(ParameterVersion version)
    {
        var bytes = Convert.FromBase64String(version.Value);
        return Encoding.UTF8.GetString(Asked(() => version.Tier == ParameterKinds.Advanced
            ? Open(bytes, encrypted => keys.Decrypt(encrypted, ContextOf(version.Name), caller))
            : keys.Decrypt(bytes, ContextOf(version.Name), caller)));
    }

    // The encrypted data key with its length in front, nonce, tag, and the encrypted value. AWS uses the message format
    // of its Encryption SDK here.
    private static byte[] Seal(byte[] plaintext, DataKey key)
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

    private static byte[] Open(byte[] message, Func<byte[], byte[]> decryptKey)
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

    private Dictionary<string, string> ContextOf(string name) =>
        new() { [ContextName] = ParameterName.ArnOf(name, "aws", caller.Region, caller.AccountId) };

    private byte[] Asked(Func<byte[]> ask)
    {
        try
        {
            return ask();
        }
        catch (AwsException refusal)
        {
            throw SsmErrors.OfKey(refusal, caller.RequestId);
        }
    }
}
