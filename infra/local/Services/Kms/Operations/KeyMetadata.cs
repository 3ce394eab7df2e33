namespace Isobar.Local.Services.Kms.Operations;

/// <summary>What is told about a key.</summary>
/// <remarks>Source: AWS KMS API Reference, KeyMetadata.</remarks>
/// <param name="CreationDate">Seconds since 1970.</param>
/// <param name="DeletionDate">The same; null unless the key is pending deletion.</param>
/// <param name="CustomerMasterKeySpec">The older name of <paramref name="KeySpec"/>.</param>
internal sealed record KeyMetadata(
    string AWSAccountId, Guid KeyId, string Arn, decimal CreationDate, bool Enabled, string Description,
    string KeyUsage, string KeyState, decimal? DeletionDate, string Origin, string KeyManager,
    string CustomerMasterKeySpec, string KeySpec, string[] EncryptionAlgorithms, bool MultiRegion)
{
    public static KeyMetadata Of(KmsKey key, string accountId) => new(
        accountId, key.Id, key.Arn, KmsConstraints.Seconds(key.Created), key.State == Kms.KeyState.Enabled,
        key.Description, KeySpecs.EncryptDecrypt, key.State.ToString(),
        key.DeletionDate is { } date ? KmsConstraints.Seconds(date) : null, KeySpecs.AwsKms,
        key.IsAwsManaged ? "AWS" : "CUSTOMER", KeySpecs.Symmetric, KeySpecs.Symmetric, [KeySpecs.Symmetric], false);
}

internal sealed record KeyMetadataResponse(KeyMetadata KeyMetadata);
