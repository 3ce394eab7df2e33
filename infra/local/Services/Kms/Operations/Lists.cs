using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

internal sealed record ListKeysRequest(int? Limit, string? Marker);

internal sealed record ListKeysResponse(KeyEntry[] Keys, bool Truncated, string? NextMarker);

internal sealed record KeyEntry(Guid KeyId, string KeyArn);

/// <param name="KeyId">Only the aliases of this key; an id or an ARN.</param>
internal sealed record ListAliasesRequest(string? KeyId, int? Limit, string? Marker);

internal sealed record ListAliasesResponse(AliasEntry[] Aliases, bool Truncated, string? NextMarker);

/// <param name="CreationDate">Seconds since 1970, as the date of the last change.</param>
internal sealed record AliasEntry(
    string AliasName, string AliasArn, Guid TargetKeyId, decimal CreationDate, decimal LastUpdatedDate);

/// <summary>Lists keys and aliases in pages.</summary>
/// <remarks>Source: AWS KMS API Reference, ListKeys and ListAliases.</remarks>
internal static class Lists
{
    /// <exception cref="AwsException">ValidationException, InvalidMarkerException.</exception>
    public static ListKeysResponse Keys(Monitor<KmsState> keys, ListKeysRequest request)
    {
        var page = keys.Ask((state, _) => KmsPage.Of(
            state.Keys, key => key.Id.ToString(), request.Limit ?? KmsLimits.DefaultKeysOnPage, request.Marker));
        return new ListKeysResponse(
            [.. page.Items.Select(key => new KeyEntry(key.Id, key.Arn))], page.NextMarker is not null,
            page.NextMarker);
    }

    /// <exception cref="AwsException">ValidationException, InvalidMarkerException, NotFoundException,
    /// InvalidArnException.</exception>
    public static ListAliasesResponse Aliases(Monitor<KmsState> keys, ListAliasesRequest request)
    {
        new ModelConstraints().OptionalKeyId("keyId", request.KeyId).ThrowIfAny();
        var page = keys.Ask((state, _) => KmsPage.Of(
            request.KeyId is { } key ? state.AliasesOf(state.FindKey(key).Id) : state.Aliases,
            alias => alias.Name, request.Limit ?? KmsLimits.DefaultAliasesOnPage, request.Marker));
        return new ListAliasesResponse(
            [
                .. page.Items.Select(alias => new AliasEntry(
                    alias.Name, alias.Arn, alias.TargetKeyId, KmsConstraints.Seconds(alias.Created),
                    KmsConstraints.Seconds(alias.Updated))),
            ],
            page.NextMarker is not null, page.NextMarker);
    }
}

/// <summary>A page of a list. The marker is the last item's name, so nothing is lost when items are deleted.</summary>
internal sealed record KmsPage<T>(IReadOnlyList<T> Items, string? NextMarker);

internal static class KmsPage
{
    /// <param name="all">In the order of their names.</param>
    /// <exception cref="AwsException">ValidationException, InvalidMarkerException.</exception>
    public static KmsPage<T> Of<T>(IEnumerable<T> all, Func<T, string> nameOf, int limit, string? marker)
    {
        new ModelConstraints()
            .Range("limit", limit, 1, KmsLimits.MaxPageSize)
            .Length("marker", marker, 1, KmsLimits.MaxMarkerCharacters)
            .ThrowIfAny();
        if (marker is not null)
        {
            var last = Decode(marker);
            all = all.SkipWhile(item => string.CompareOrdinal(nameOf(item), last) <= 0);
        }

        var items = all.Take(limit + 1).ToList();
        if (items.Count <= limit) return new KmsPage<T>(items, null);
        items.RemoveAt(limit);
        return new KmsPage<T>(items, Convert.ToBase64String(Encoding.UTF8.GetBytes(nameOf(items[^1]))));
    }

    private static string Decode(string marker)
    {
        var bytes = new byte[marker.Length];
        return Convert.TryFromBase64String(marker, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw KmsErrors.InvalidMarker();
    }
}
