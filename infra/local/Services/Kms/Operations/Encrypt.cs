using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

/// <param name="EncryptionContext">Not secret; it must be given again to decrypt.</param>
/// <param name="DryRun">Whether to check the call only.</param>
internal sealed record EncryptRequest(
    string? KeyId, byte[]? Plaintext, Dictionary<string, string>? EncryptionContext, string? EncryptionAlgorithm,
    bool? DryRun)
{
    /// <summary>Without what was to be encrypted.</summary>
    public override string ToString() => $"{nameof(EncryptRequest)} of {KeyId}";
}

/// <param name="KeyId">The key's ARN.</param>
internal sealed record EncryptResponse(byte[] CiphertextBlob, string KeyId, string EncryptionAlgorithm);

/// <summary>Encrypts up to 4,096 bytes.</summary>
/// <remarks>Source: AWS KMS API Reference, Encrypt.</remarks>
internal static class Encrypt
{
    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidKeyUsageException,
    /// AccessDeniedException, DisabledException, KMSInvalidStateException, DryRunOperationException.</exception>
    public static EncryptResponse Handle(Encryption encryption, EncryptRequest request, string principal)
    {
        new ModelConstraints()
            .KeyId("keyId", request.KeyId)
            .Required("plaintext", request.Plaintext)
            .Length("plaintext", request.Plaintext, 1, KmsLimits.MaxPlaintextBytes)
            .OneOf("encryptionAlgorithm", request.EncryptionAlgorithm, KeySpecs.Algorithms)
            .ThrowIfAny();
        var key = encryption.Find(request.KeyId!, new KeyUser("Encrypt", principal));
        KmsConstraints.CheckAlgorithm(request.EncryptionAlgorithm);
        if (request.DryRun is true) throw KmsErrors.DryRun();
        return new EncryptResponse(
            encryption.Encrypt(key, request.Plaintext!, request.EncryptionContext), key.Arn, KeySpecs.Symmetric);
    }
}
