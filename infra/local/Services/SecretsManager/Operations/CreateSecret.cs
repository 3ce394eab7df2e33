using System.Text.RegularExpressions;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

internal sealed record TagShape(string? Key, string? Value);

/// <param name="ClientRequestToken">The first version's id; null for a new one.</param>
internal sealed record CreateSecretRequest(
    string? Name, string? ClientRequestToken, string? Description, string? KmsKeyId, string? SecretString,
    byte[]? SecretBinary, IReadOnlyList<TagShape>? Tags)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => Name ?? "";
}

internal sealed record CreateSecretResponse(string ARN, string Name, string? VersionId);

/// <summary>Creates a secret, with or without a value.</summary>
/// <remarks>Source: AWS Secrets Manager API Reference, CreateSecret.</remarks>
internal static partial class CreateSecret
{
    private const int SuffixBytes = 3;

    /// <exception cref="AwsException">ValidationException, InvalidParameterException, ResourceExistsException,
    /// InvalidRequestException, LimitExceededException, EncryptionFailure.</exception>
    public static CreateSecretResponse Handle(
        Monitor<SecretsState> secrets, CreateSecretRequest request, CallScope scope, SecretCipher cipher,
        Identifiers identifiers)
    {
        RequestChecks.Of(request.ClientRequestToken, request.Description, request.SecretString, request.SecretBinary)
            .Required("name", request.Name)
            .Length("name", request.Name, 1, SecretsLimits.MaxNameCharacters)
            .ThrowIfAny();
        var name = request.Name!;
        if (!ValidName().IsMatch(name)) throw SecretsErrors.InvalidName();
        var value = SecretValue.Of(request.SecretString, request.SecretBinary);
        var tags = RequestChecks.Tags(request.Tags);
        var arn = ArnOf(scope, $"{name}-{identifiers.NewHex(SuffixBytes)}");
        var token = request.ClientRequestToken ?? identifiers.NewGuid().ToString();
        // Before the secret is there: a key that can't be used leaves nothing behind.
        var ciphertext = value is null ? null : cipher.Seal(arn, token, request.KmsKeyId, value.Bytes);
        secrets.Post((state, now) =>
        {
            var secret = new Secret(name, arn, now) { Description = request.Description, KmsKeyId = request.KmsKeyId };
            foreach (var (key, text) in tags) secret.Tags[key] = text;
            state.Add(secret);
            if (ciphertext is not null)
                SecretsState.AddVersion(
                    secret, new SecretVersion(token, ciphertext, value!.IsBinary, now), [Stages.Current], now);
        });
        return new CreateSecretResponse(arn, name, value is null ? null : token);
    }

    public static string ArnOf(CallScope scope, string name) =>
        $"arn:aws:secretsmanager:{scope.Region}:{scope.AccountId}:secret:{name}";

    [GeneratedRegex("^[A-Za-z0-9/_+=.@!-]+$")]
    private static partial Regex ValidName();
}
