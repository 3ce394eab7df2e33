using System.Security.Cryptography;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

/// <param name="SourceKeyId">The key that it must be; null for the one that the ciphertext names.</param>
/// <param name="DryRun">Whether to check the call only.</param>
internal sealed record ReEncryptRequest(
    byte[]? CiphertextBlob, Dictionary<string, string>? SourceEncryptionContext, string? SourceKeyId,
    string? DestinationKeyId, Dictionary<string, string>? DestinationEncryptionContext,
    string? SourceEncryptionAlgorithm, string? DestinationEncryptionAlgorithm, bool? DryRun);

/// <param name="SourceKeyId">ARN of the key that it was decrypted with.</param>
/// <param name="KeyId">ARN of the key that it is encrypted with now.</param>
internal sealed record ReEncryptResponse(
    byte[] CiphertextBlob, string SourceKeyId, string KeyId, string SourceEncryptionAlgorithm,
    string DestinationEncryptionAlgorithm);

/// <summary>Encrypts with another key, or another context, without showing the plaintext to the caller.</summary>
/// <remarks>Source: AWS KMS API Reference, ReEncrypt.</remarks>
internal static class ReEncrypt
{
    /// <exception cref="AwsException">As Decrypt and Encrypt.</exception>
    public static ReEncryptResponse Handle(Encryption encryption, ReEncryptRequest request, string principal)
    {
        new ModelConstraints()
            .Required("ciphertextBlob", request.CiphertextBlob)
            .Length("ciphertextBlob", request.CiphertextBlob, 1, KmsLimits.MaxCiphertextBytes)
            .OptionalKeyId("sourceKeyId", request.SourceKeyId)
            .KeyId("destinationKeyId", request.DestinationKeyId)
            .OneOf("sourceEncryptionAlgorithm", request.SourceEncryptionAlgorithm, KeySpecs.Algorithms)
            .OneOf("destinationEncryptionAlgorithm", request.DestinationEncryptionAlgorithm, KeySpecs.Algorithms)
            .ThrowIfAny();
        KmsConstraints.CheckAlgorithm(request.SourceEncryptionAlgorithm);
        KmsConstraints.CheckAlgorithm(request.DestinationEncryptionAlgorithm);
        var target = encryption.Find(request.DestinationKeyId!, new KeyUser("ReEncryptTo", principal));
        var (source, plaintext) = encryption.Decrypt(
            request.CiphertextBlob!, request.SourceKeyId, request.SourceEncryptionContext,
            new KeyUser("ReEncryptFrom", principal));
        if (request.DryRun is true) throw KmsErrors.DryRun();
        var ciphertext = encryption.Encrypt(target, plaintext, request.DestinationEncryptionContext);
        CryptographicOperations.ZeroMemory(plaintext);
        return new ReEncryptResponse(
            ciphertext, source.Arn, target.Arn, KeySpecs.Symmetric, KeySpecs.Symmetric);
    }
}
