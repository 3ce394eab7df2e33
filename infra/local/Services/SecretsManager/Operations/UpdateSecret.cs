using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

/// <param name="ClientRequestToken">The next version's id, where there is a value; null for a new one.</param>
internal sealed record UpdateSecretRequest(
    string? SecretId, string? ClientRequestToken, string? Description, string? KmsKeyId, string? SecretString,
    byte[]? SecretBinary)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => SecretId ?? "";
}

internal sealed record UpdateSecretResponse(string ARN, string Name, string? VersionId);

/// <summary>Changes a secret's description and key, and writes its next version where the request has a value.
/// </summary>
/// <remarks>
/// Source: AWS Secrets Manager API Reference, UpdateSecret: with another key the versions that have a label are
/// encrypted anew, for which the caller needs both keys.
/// </remarks>
internal static class UpdateSecret
{
    /// <exception cref="AwsException">ValidationException, InvalidParameterException, DecryptionFailure; see
    /// <see cref="VersionWriter"/>.</exception>
    public static UpdateSecretResponse Handle(
        Monitor<SecretsState> secrets, UpdateSecretRequest request, SecretCipher cipher, Identifiers identifiers)
    {
        RequestChecks.Of(
                request.ClientRequestToken, request.Description, request.SecretString, request.SecretBinary)
            .SecretId(request.SecretId)
            .ThrowIfAny();
        var id = request.SecretId!;
        var value = SecretValue.Of(request.SecretString, request.SecretBinary);
        if (request.KmsKeyId is { } key) Encrypt(secrets, id, key, cipher);
        if (request.Description is { } description)
            secrets.Post((state, now) =>
            {
                var secret = state.GetInUse(id);
                (secret.Description, secret.Changed) = (description, now);
            });
        var token = value is null ? null : request.ClientRequestToken ?? identifiers.NewGuid().ToString();
        if (value is not null) VersionWriter.Write(secrets, id, token!, value, null, cipher);
        return secrets.Ask((state, _) =>
        {
            var secret = state.GetInUse(id);
            return new UpdateSecretResponse(secret.Arn, secret.Name, token);
        });
    }

    private static void Encrypt(Monitor<SecretsState> secrets, string id, string key, SecretCipher cipher)
    {
        var (arn, versions) = secrets.Ask((state, _) =>
        {
            var secret = state.GetInUse(id);
            return (secret.Arn, secret.Versions.Where(version => version.Stages.Count > 0)
                .Select(version => (version.Id, version.Sealed)).ToArray());
        });
        var again = versions.ToDictionary(
            version => version.Id,
            version => cipher.Seal(arn, version.Id, key, cipher.Open(arn, version.Id, version.Sealed)));
        secrets.Post((state, now) =>
        {
            var secret = state.GetInUse(id);
            (secret.KmsKeyId, secret.Changed) = (key, now);
            foreach (var version in secret.Versions)
                if (again.TryGetValue(version.Id, out var ciphertext)) version.Sealed = ciphertext;
        });
    }
}
