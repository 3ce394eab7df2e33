using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

/// <param name="ClientRequestToken">The version's id; null for a new one.</param>
/// <param name="VersionStages">Null for AWSCURRENT.</param>
internal sealed record PutSecretValueRequest(
    string? SecretId, string? ClientRequestToken, string? SecretString, byte[]? SecretBinary,
    IReadOnlyList<string>? VersionStages)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => SecretId ?? "";
}

internal sealed record PutSecretValueResponse(
    string ARN, string Name, string VersionId, IReadOnlyList<string> VersionStages);

/// <summary>Writes a secret's next version.</summary>
/// <remarks>Source: AWS Secrets Manager API Reference, PutSecretValue.</remarks>
internal static class PutSecretValue
{
    /// <exception cref="AwsException">ValidationException, InvalidParameterException; see
    /// <see cref="VersionWriter"/>.</exception>
    public static PutSecretValueResponse Handle(
        Monitor<SecretsState> secrets, PutSecretValueRequest request, SecretCipher cipher, Identifiers identifiers)
    {
        RequestChecks.Of(request.ClientRequestToken, null, request.SecretString, request.SecretBinary)
            .SecretId(request.SecretId)
            .Length("versionStages", request.VersionStages, 1, SecretsLimits.MaxStages)
            .ThrowIfAny();
        if (request.VersionStages?.Any(stage => stage.Length is 0 or > SecretsLimits.MaxStageCharacters) is true)
            throw SecretsErrors.InvalidParameter(
                $"A staging label has from 1 to {SecretsLimits.MaxStageCharacters} characters.");
        var value = SecretValue.Of(request.SecretString, request.SecretBinary) ?? throw SecretsErrors.NoNewValue();
        var token = request.ClientRequestToken ?? identifiers.NewGuid().ToString();
        VersionWriter.Write(secrets, request.SecretId!, token, value, request.VersionStages, cipher);
        return secrets.Ask((state, _) =>
        {
            var secret = state.Get(request.SecretId!);
            return new PutSecretValueResponse(
                secret.Arn, secret.Name, token, secret.WithId(token)?.Stages.ToArray() ?? []);
        });
    }
}
