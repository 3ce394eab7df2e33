using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

internal sealed record FilterShape(string? Key, IReadOnlyList<string>? Values);

internal sealed record ListSecretsRequest(
    bool? IncludePlannedDeletion, int? MaxResults, string? NextToken, IReadOnlyList<FilterShape>? Filters,
    string? SortOrder);

/// <summary>As <see cref="DescribeSecretResponse"/>, with another name for the versions.</summary>
internal sealed record SecretListEntry(
    string ARN, string Name, string? Description, string? KmsKeyId, decimal? LastChangedDate,
    decimal? LastAccessedDate, decimal? DeletedDate, IReadOnlyList<TagShape> Tags,
    IReadOnlyDictionary<string, string[]>? SecretVersionsToStages, decimal? CreatedDate)
{
    public static SecretListEntry Of(DescribeSecretResponse described) => new(
        described.ARN, described.Name, described.Description, described.KmsKeyId, described.LastChangedDate,
        described.LastAccessedDate, described.DeletedDate, described.Tags, described.VersionIdsToStages,
        described.CreatedDate);
}

internal sealed record ListSecretsResponse(IReadOnlyList<SecretListEntry> SecretList, string? NextToken);

/// <summary>Lists secrets in the order of their names.</summary>
/// <remarks>Source: AWS Secrets Manager API Reference, ListSecrets and Filter.</remarks>
internal static class ListSecrets
{
    private static readonly string[] Orders = ["asc", "desc"];

    /// <exception cref="AwsException">ValidationException, InvalidParameterException, InvalidNextTokenException.
    /// </exception>
    public static ListSecretsResponse Handle(Monitor<SecretsState> secrets, ListSecretsRequest request)
    {
        new ModelConstraints()
            .Range("maxResults", request.MaxResults, 1, SecretsLimits.MaxPage)
            .Range("filters", request.Filters?.Count, 0, SecretsLimits.MaxFilters)
            .OneOf("sortOrder", request.SortOrder, Orders)
            .ThrowIfAny();
        var filters = (request.Filters ?? []).Select(SecretFilter.Of).ToArray();
        var after = request.NextToken is { } token ? Decode(token) : null;
        var isUp = request.SortOrder == "asc";
        var count = request.MaxResults ?? SecretsLimits.MaxPage;
        return secrets.Ask((state, _) =>
        {
            var all = state.All.Where(secret =>
                (request.IncludePlannedDeletion is true || secret.Deleted is null)
                && filters.All(filter => filter.Matches(secret)));
            if (!isUp) all = all.Reverse();
            if (after is not null)
                all = all.Where(secret => string.CompareOrdinal(secret.Name, after) is var order
                    && (isUp ? order > 0 : order < 0));
            var page = all.Take(count + 1).ToArray();
            return new ListSecretsResponse(
                [.. page.Take(count).Select(secret => SecretListEntry.Of(DescribeSecretResponse.Of(secret)))],
                page.Length > count ? Encode(page[count - 1].Name) : null);
        });
    }

    // A token is the last item's name, so nothing is lost when secrets are deleted.
    private static string Encode(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes(name));

    private static string Decode(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw SecretsErrors.InvalidNextToken();
    }
}
