using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>What was encrypted.</summary>
/// <param name="Ciphertext">Names its key, so that whoever decrypts it need not.</param>
/// <param name="KeyArn">The key that it was encrypted with.</param>
internal sealed record EncryptedBytes(byte[] Ciphertext, string KeyArn);

/// <summary>A key for data that are too long for the service itself.</summary>
/// <param name="Plaintext">The key: 32 bytes. Whoever uses it clears it afterwards.</param>
/// <param name="Encrypted">The same key, to be kept beside the data.</param>
internal sealed record DataKey(byte[] Plaintext, EncryptedBytes Encrypted);

/// <summary>
/// A service with keys that other services encrypt with, for the caller that they answer. The caller's permissions
/// decide, except where the key is one that AWS manages for them.
/// </summary>
/// <remarks>All members throw what the service's own API answers: a key that is disabled, or that does not exist.
/// </remarks>
internal interface IEncryptionKeys : IServiceRole
{
    /// <param name="keyId">A key's id or ARN, or an alias's name or ARN, in the caller's Region.</param>
    /// <param name="plaintext">1 to 4,096 bytes.</param>
    /// <param name="context">Not secret. The same must be given to decrypt.</param>
    /// <exception cref="AwsException">NotFoundException, DisabledException, KMSInvalidStateException.</exception>
    EncryptedBytes Encrypt(
        string keyId, byte[] plaintext, IReadOnlyDictionary<string, string> context, CallScope caller);

    /// <exception cref="AwsException">The same, and InvalidCiphertextException.</exception>
    byte[] Decrypt(byte[] ciphertext, IReadOnlyDictionary<string, string> context, CallScope caller);

    /// <param name="keyId">As for <see cref="Encrypt"/>.</param>
    /// <exception cref="AwsException">As for <see cref="Encrypt"/>.</exception>
    DataKey GenerateDataKey(string keyId, IReadOnlyDictionary<string, string> context, CallScope caller);
}
