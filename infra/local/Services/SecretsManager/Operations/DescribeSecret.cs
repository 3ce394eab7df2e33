using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

internal sealed record DescribeSecretRequest(string? SecretId);

/// <summary>A secret without its value; dates are seconds since 1970.</summary>
/// <param name="VersionIdsToStages">The versions that have labels.</param>
internal sealed record DescribeSecretResponse(
    string ARN, string Name, string? Description, string? KmsKeyId, decimal? LastChangedDate,
    decimal? LastAccessedDate, decimal? DeletedDate, IReadOnlyList<TagShape> Tags,
    IReadOnlyDictionary<string, string[]>? VersionIdsToStages, decimal? CreatedDate)
{
    public static DescribeSecretResponse Of(Secret secret) => new(
        secret.Arn, secret.Name, secret.Description, secret.KmsKeyId, RequestChecks.Seconds(secret.Changed),
        RequestChecks.Seconds(secret.Accessed), RequestChecks.Seconds(secret.Deleted),
        [.. secret.Tags.Select(tag => new TagShape(tag.Key, tag.Value))], StagesOf(secret),
        RequestChecks.Seconds(secret.Created));

    public static IReadOnlyDictionary<string, string[]>? StagesOf(Secret secret)
    {
        var labelled = secret.Versions.Where(version => version.Stages.Count > 0)
            .ToDictionary(version => version.Id, version => version.Stages.ToArray());
        return labelled.Count == 0 ? null : labelled;
    }
}

/// <summary>Describes a secret, also one that waits for its deletion.</summary>
/// <remarks>Source: AWS Secrets Manager API Reference, DescribeSecret.</remarks>
internal static class DescribeSecret
{
    /// <exception cref="AwsException">ValidationException, ResourceNotFoundException.</exception>
    public static DescribeSecretResponse Handle(Monitor<SecretsState> secrets, DescribeSecretRequest request)
    {
        new ModelConstraints().SecretId(request.SecretId).ThrowIfAny();
        return secrets.Ask((state, _) => DescribeSecretResponse.Of(state.Get(request.SecretId!)));
    }
}
