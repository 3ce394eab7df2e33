using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms;

/// <summary>Every error that KMS can answer with; a broken constraint of its model is said by the model.</summary>
/// <remarks>Source: AWS KMS API Reference; the texts are AWS's where known, else ours.</remarks>
internal static class KmsErrors
{
    public static AwsException Validation(string message) => new("ValidationException", message);

    public static AwsException NotSupported(string reason) => new("UnsupportedOperationException", reason);

    public static AwsException KeyNotFound(string arn) => new("NotFoundException", $"Key '{arn}' does not exist");

    public static AwsException InvalidKeyId(string id) => new("NotFoundException", $"Invalid keyId '{id}'");

    public static AwsException ArnOfElsewhere(string region) => new("NotFoundException", $"Invalid arn {region}");

    public static AwsException InvalidArn(string arn) => new("InvalidArnException", $"Invalid arn {arn}");

    public static AwsException AliasNotFound(string arn) => new("NotFoundException", $"Alias {arn} is not found.");

    public static AwsException AliasExists(string arn) =>
        new("AlreadyExistsException", $"An alias with the name {arn} already exists");

    public static AwsException AliasWithoutPrefix() => Validation("Invalid identifier");

    public static AwsException AliasWithColon(string name) =>
        Validation($"{name} contains invalid characters for an alias");

    /// <summary>An alias that begins with <c>alias/aws/</c>. AWS sends no message with this one.</summary>
    public static AwsException ReservedAlias() => new("NotAuthorizedException", "");

    /// <summary>A key that AWS manages lets only the service that it is for use it, and nobody change it.</summary>
    public static AwsException ManagedByAws(string principal, string action, string arn) => new(
        "AccessDeniedException",
        $"User: {principal} is not authorized to perform: kms:{action} on resource: {arn} because no resource-based "
        + $"policy allows the kms:{action} action");

    public static AwsException Disabled(string arn) => new("DisabledException", $"{arn} is disabled.");

    public static AwsException PendingDeletion(string arn) => InvalidState($"{arn} is pending deletion.");

    public static AwsException NotPendingDeletion(string arn) => InvalidState($"{arn} is not pending deletion.");

    /// <summary>Also for a ciphertext of another Region, of which nothing is known here.</summary>
    public static AwsException KeyOfCiphertextNotFound() => new("AccessDeniedException",
        "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are "
        + "not allowed to access.");

    /// <summary>AWS sends no message with this one.</summary>
    public static AwsException InvalidCiphertext() => new("InvalidCiphertextException", "");

    public static AwsException IncorrectKey() => new("IncorrectKeyException",
        "The key ID in the request does not identify a CMK that can perform this operation.");

    public static AwsException IncompatibleAlgorithm(string algorithm) => new("InvalidKeyUsageException",
        $"Algorithm {algorithm} is incompatible with key spec {KeySpecs.Symmetric}.");

    public static AwsException KeyUsageRequired() => Validation(
        "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.");

    public static AwsException IncompatibleUsage(string usage) =>
        Validation($"KeyUsage {usage} is not compatible with KeySpec {KeySpecs.Symmetric}");

    public static AwsException DataKeyLength() =>
        Validation("Please specify either number of bytes or key spec.");

    public static AwsException WaitDays(int days) => Validation(
        $"PendingWindowInDays must be from {KmsLimits.MinWaitDays} to {KmsLimits.MaxWaitDays}, not {days}.");

    public static AwsException DryRun() => new("DryRunOperationException",
        "The request would have succeeded, but the DryRun option is set.", 412);

    public static AwsException MalformedPolicy(string reason) =>
        new("MalformedPolicyDocumentException", $"The new key policy is not a valid policy: {reason}");

    public static AwsException NoSuchPolicy() => new("NotFoundException", "No such policy exists");

    public static AwsException InvalidTag(string reason) => new("TagException", reason);

    public static AwsException InvalidMarker() => new("InvalidMarkerException", "The marker is not valid.");

    public static AwsException LimitExceeded(string what) =>
        new("LimitExceededException", $"The quota of {what} is reached.");

    private static AwsException InvalidState(string message) => new("KMSInvalidStateException", message);
}
