using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

/// <param name="VersionStage">AWSCURRENT where neither is there.</param>
internal sealed record GetSecretValueRequest(string? SecretId, string? VersionId, string? VersionStage);

internal sealed record GetSecretValueResponse(
    string ARN, string Name, string VersionId, byte[]? SecretBinary, string? SecretString,
    IReadOnlyList<string> VersionStages, decimal? CreatedDate)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => ARN;
}

/// <summary>Returns a secret's value, decrypted.</summary>
/// <remarks>Source: AWS Secrets Manager API Reference, GetSecretValue.</remarks>
internal static class GetSecretValue
{
    /// <exception cref="AwsException">ValidationException, ResourceNotFoundException, InvalidRequestException,
    /// DecryptionFailure.</exception>
    public static GetSecretValueResponse Handle(
        Monitor<SecretsState> secrets, GetSecretValueRequest request, SecretCipher cipher)
    {
        new ModelConstraints().SecretId(request.SecretId)
            .Length(
                "versionId", request.VersionId, SecretsLimits.MinTokenCharacters, SecretsLimits.MaxTokenCharacters)
            .Length("versionStage", request.VersionStage, 1, SecretsLimits.MaxStageCharacters)
            .ThrowIfAny();
        var (arn, name, version, ciphertext, stages) = secrets.Ask((state, now) =>
        {
            var secret = state.GetInUse(request.SecretId!);
            var found = Find(secret, request);
            secret.Accessed = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
            return (secret.Arn, secret.Name, found, found.Sealed, found.Stages.ToArray());
        });
        var value = cipher.Open(arn, version.Id, ciphertext);
        return new GetSecretValueResponse(
            arn, name, version.Id, version.IsBinary ? value : null,
            version.IsBinary ? null : Encoding.UTF8.GetString(value), stages,
            RequestChecks.Seconds(version.Created));
    }

    private static SecretVersion Find(Secret secret, GetSecretValueRequest request)
    {
        if (request.VersionId is not { } id)
        {
            var stage = request.VersionStage ?? Stages.Current;
            return secret.WithStage(stage) ?? throw SecretsErrors.NoValue($"staging label: {stage}");
        }

        var found = secret.WithId(id) ?? throw SecretsErrors.NoValue($"VersionId: {id}");
        return request.VersionStage is null || found.Stages.Contains(request.VersionStage)
            ? found
            : throw SecretsErrors.OtherStage();
    }
}
