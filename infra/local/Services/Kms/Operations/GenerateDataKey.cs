using System.Security.Cryptography;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

/// <summary>Of GenerateDataKey and GenerateDataKeyWithoutPlaintext: one of a length and a spec.</summary>
/// <param name="DryRun">Whether to check the call only.</param>
internal sealed record GenerateDataKeyRequest(
    string? KeyId, Dictionary<string, string>? EncryptionContext, int? NumberOfBytes, string? KeySpec, bool? DryRun);

/// <param name="KeyId">The key's ARN.</param>
internal sealed record GenerateDataKeyResponse(byte[] CiphertextBlob, byte[] Plaintext, string KeyId)
{
    /// <summary>Without the data key.</summary>
    public override string ToString() => $"{nameof(GenerateDataKeyResponse)} of {KeyId}";
}

internal sealed record GenerateDataKeyWithoutPlaintextResponse(byte[] CiphertextBlob, string KeyId);

/// <summary>Makes a key that a client encrypts data with itself.</summary>
/// <remarks>
/// Source: AWS KMS API Reference, GenerateDataKey and GenerateDataKeyWithoutPlaintext.
/// </remarks>
internal static class GenerateDataKey
{
    private const string Aes256 = "AES_256";
    private const string Aes128 = "AES_128";

    /// <exception cref="AwsException">ValidationException, NotFoundException, AccessDeniedException,
    /// DisabledException, KMSInvalidStateException, DryRunOperationException.</exception>
    public static GenerateDataKeyResponse Handle(
        Encryption encryption, GenerateDataKeyRequest request, string principal)
    {
        var (key, plaintext, ciphertext) = Generate(encryption, request, new KeyUser("GenerateDataKey", principal));
        return new GenerateDataKeyResponse(ciphertext, plaintext, key.Arn);
    }

    /// <summary>The same for a key that somebody else will decrypt.</summary>
    public static GenerateDataKeyWithoutPlaintextResponse HandleWithoutPlaintext(
        Encryption encryption, GenerateDataKeyRequest request, string principal)
    {
        var (key, plaintext, ciphertext) = Generate(
            encryption, request, new KeyUser("GenerateDataKeyWithoutPlaintext", principal));
        CryptographicOperations.ZeroMemory(plaintext);
        return new GenerateDataKeyWithoutPlaintextResponse(ciphertext, key.Arn);
    }

    private static (KmsKey Key, byte[] Plaintext, byte[] Ciphertext) Generate(
        Encryption encryption, GenerateDataKeyRequest request, KeyUser user)
    {
        new ModelConstraints()
            .KeyId("keyId", request.KeyId)
            .Range("numberOfBytes", request.NumberOfBytes, 1, KmsLimits.MaxDataKeyBytes)
            .OneOf("keySpec", request.KeySpec, Aes256, Aes128)
            .ThrowIfAny();
        if (request.NumberOfBytes is null == request.KeySpec is null) throw KmsErrors.DataKeyLength();
        var key = encryption.Find(request.KeyId!, user);
        if (request.DryRun is true) throw KmsErrors.DryRun();
        var (plaintext, ciphertext) = encryption.GenerateDataKey(
            key, request.NumberOfBytes ?? (request.KeySpec == Aes128 ? 16 : 32), request.EncryptionContext);
        return (key, plaintext, ciphertext);
    }
}
