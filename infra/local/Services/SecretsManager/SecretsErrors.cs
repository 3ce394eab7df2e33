using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager;

/// <summary>Every error that Secrets Manager can answer with; a broken constraint of its model is said by the model.
/// </summary>
/// <remarks>Source: AWS Secrets Manager API Reference; texts as AWS answers, as far as they are known.</remarks>
internal static class SecretsErrors
{
    public static AwsException NotSupported(string reason) => InvalidParameter(reason);

    public static AwsException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static AwsException InvalidRequest(string message) => new("InvalidRequestException", message);

    public static AwsException NotFound() =>
        new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    public static AwsException NoValue(string what) => new(
        "ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for {what}");

    public static AwsException NameExists(string name) => new(
        "ResourceExistsException", $"The operation failed because the secret {name} already exists.");

    public static AwsException TokenInUse(string token) => new(
        "ResourceExistsException",
        $"You can't use ClientRequestToken {token} because that value is already in use for a version of the secret "
            + "with another value.");

    public static AwsException NameScheduled() => InvalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.");

    public static AwsException Scheduled() => InvalidRequest(
        "You can't perform this operation on the secret because it was marked for deletion.");

    public static AwsException InvalidName() => InvalidParameter(
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!");

    public static AwsException TwoValues() =>
        InvalidParameter("You can't specify both a binary secret value and a string secret value.");

    public static AwsException NoNewValue() =>
        InvalidParameter("You must provide either SecretString or SecretBinary.");

    public static AwsException OtherStage() => InvalidRequest(
        "You provided a VersionStage that is not associated to the provided VersionId.");

    public static AwsException TooManySecrets() => new(
        "LimitExceededException", $"This host holds at most {SecretsLimits.MaxSecrets} secrets in a Region.");

    public static AwsException TooManyVersions() => new(
        "LimitExceededException", "The secret has too many versions with staging labels.");

    public static AwsException InvalidNextToken() =>
        new("InvalidNextTokenException", "The specified token is not valid.");

    /// <summary>The service with the keys refused; its code is kept where permissions are missing.</summary>
    public static AwsException OfKey(AwsException refusal, bool isEncryption) => new(
        refusal.Code == "AccessDeniedException"
            ? refusal.Code
            : isEncryption ? "EncryptionFailure" : "DecryptionFailure",
        refusal.Message, inner: refusal);
}
