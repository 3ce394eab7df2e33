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

    /// <param name="keyId">Null for the key that AWS manages.</param>
    /// <exception cref="AwsException">EncryptionFailure, AccessDeniedException.</exception>
    public byte[] Seal(string arn, string versionId, string? keyId, byte[] value) => SealedValue.Seal(
        value, Asked(true, keys => keys.GenerateDataKey(keyId ?? ManagedKey, ContextOf(arn, versionId), caller)));

    /// <exception cref="AwsException">DecryptionFailure, AccessDeniedException.</exception>
    public byte[] Open(string arn, string versionId, byte[] message) => SealedValue.Open(
        message,
        encryptedKey => Asked(false, keys => keys.Decrypt(encryptedKey, ContextOf(arn, versionId), caller)));

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
