using System.Security.Cryptography;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

/// <summary>Writes versions of secrets, once for each request token.</summary>
/// <remarks>Source: AWS Secrets Manager API Reference, PutSecretValue, ClientRequestToken.</remarks>
internal static class VersionWriter
{
    private static readonly string[] CurrentAlone = [Stages.Current];

    /// <param name="token">The version's id.</param>
    /// <param name="stages">Null for AWSCURRENT.</param>
    /// <exception cref="AwsException">ResourceNotFoundException, InvalidRequestException, ResourceExistsException,
    /// LimitExceededException, EncryptionFailure.</exception>
    public static void Write(
        Monitor<SecretsState> secrets, string secretId, string token, SecretValue value,
        IReadOnlyList<string>? stages, SecretCipher cipher)
    {
        var (arn, key, known, isBinary) = secrets.Ask((state, _) =>
        {
            var secret = state.GetInUse(secretId);
            var version = secret.WithId(token);
            return (secret.Arn, secret.KmsKeyId, version?.Sealed, version?.IsBinary);
        });
        if (known is not null)
        {
            if (isBinary == value.IsBinary
                && CryptographicOperations.FixedTimeEquals(cipher.Open(arn, token, known), value.Bytes)) return;
            throw SecretsErrors.TokenInUse(token);
        }

        var ciphertext = cipher.Seal(arn, token, key, value.Bytes);
        secrets.Post((state, now) =>
        {
            var secret = state.GetInUse(secretId);
            // Another request with this token came between.
            if (secret.WithId(token) is not null) throw SecretsErrors.TokenInUse(token);
            SecretsState.AddVersion(
                secret, new SecretVersion(token, ciphertext, value.IsBinary, now), stages ?? CurrentAlone, now);
        });
    }
}
