using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

/// <param name="KeyId">The key that it must be; null for the one that the ciphertext names.</param>
/// <param name="DryRun">Whether to check the call only.</param>
internal sealed record DecryptRequest(
    byte[]? CiphertextBlob, Dictionary<string, string>? EncryptionContext, string? KeyId,
    string? EncryptionAlgorithm, bool? DryRun);

/// <param name="KeyId">The key's ARN.</param>
internal sealed record DecryptResponse(string KeyId, byte[] Plaintext, string EncryptionAlgorithm)
{
    /// <summary>Without what was decrypted.</summary>
    public override string ToString() => $"{nameof(DecryptResponse)} of {KeyId}";
}

/// <summary>Decrypts what Encrypt, ReEncrypt or GenerateDataKey returned.</summary>
/// <remarks>Source: AWS KMS API Reference, Decrypt.</remarks>
internal static class Decrypt
{
    /// <exception cref="AwsException">ValidationException, InvalidCiphertextException, IncorrectKeyException,
    /// NotFoundException, InvalidKeyUsageException, AccessDeniedException, DisabledException,
    /// KMSInvalidStateException, DryRunOperationException.</exception>
    public static DecryptResponse Handle(Encryption encryption, DecryptRequest request, string principal)
    {
        new ModelConstraints()
            .Required("ciphertextBlob", request.CiphertextBlob)
            .Length("ciphertextBlob", request.CiphertextBlob, 1, KmsLimits.MaxCiphertextBytes)
            .OptionalKeyId("keyId", request.KeyId)
            .OneOf("encryptionAlgorithm", request.EncryptionAlgorithm, KeySpecs.Algorithms)
            .ThrowIfAny();
        KmsConstraints.CheckAlgorithm(request.EncryptionAlgorithm);
        var (key, plaintext) = encryption.Decrypt(
            request.CiphertextBlob!, request.KeyId, request.EncryptionContext, new KeyUser("Decrypt", principal));
        if (request.DryRun is true) throw KmsErrors.DryRun();
        return new DecryptResponse(key.Arn, plaintext, KeySpecs.Symmetric);
    }
}
