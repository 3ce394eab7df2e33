using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms.Operations;

internal sealed record Tag(string? TagKey, string? TagValue)
{
    /// <exception cref="AwsException">ValidationException, TagException.</exception>
    public static IReadOnlyDictionary<string, string> Checked(IReadOnlyCollection<Tag> tags)
    {
        var constraints = new ModelConstraints();
        foreach (var tag in tags)
        {
            constraints
                .Required("tags.member.tagKey", tag.TagKey)
                .Length("tags.member.tagKey", tag.TagKey, 1, KmsLimits.MaxTagKeyCharacters)
                .Required("tags.member.tagValue", tag.TagValue)
                .Length("tags.member.tagValue", tag.TagValue, 0, KmsLimits.MaxTagValueCharacters);
        }

        constraints.ThrowIfAny();
        if (tags.Count > KmsLimits.MaxTags) throw KmsErrors.InvalidTag("Too many tags");
        if (tags.Any(tag => tag.TagKey!.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
            throw KmsErrors.InvalidTag("Tags beginning with aws: are reserved");
        if (tags.DistinctBy(tag => tag.TagKey).Count() < tags.Count)
            throw KmsErrors.InvalidTag("Duplicate tag keys");
        return tags.ToDictionary(tag => tag.TagKey!, tag => tag.TagValue!);
    }
}

internal sealed record TagResourceRequest(string? KeyId, Tag[]? Tags);

internal sealed record UntagResourceRequest(string? KeyId, string[]? TagKeys);

internal sealed record ListResourceTagsRequest(string? KeyId, int? Limit, string? Marker);

internal sealed record ListResourceTagsResponse(Tag[] Tags, bool Truncated, string? NextMarker);

/// <summary>Tags of a customer's own key.</summary>
/// <remarks>Source: AWS KMS API Reference, TagResource, UntagResource and ListResourceTags.</remarks>
internal static class Tags
{
    /// <exception cref="AwsException">ValidationException, TagException, NotFoundException, InvalidArnException,
    /// AccessDeniedException, KMSInvalidStateException, LimitExceededException.</exception>
    public static EmptyResponse Add(Monitor<KmsState> keys, TagResourceRequest request, string principal)
    {
        new ModelConstraints().KeyId("keyId", request.KeyId).Required("tags", request.Tags).ThrowIfAny();
        var tags = Tag.Checked(request.Tags!);
        keys.Post((state, _) =>
        {
            var key = state.ChangeableNow(request.KeyId!, "TagResource", principal);
            var all = key.Tags.SetItems(tags);
            if (all.Count > KmsLimits.MaxTags) throw KmsErrors.LimitExceeded("tags of a KMS key");
            state.Replace(key with { Tags = all });
        });
        return new EmptyResponse();
    }

    /// <exception cref="AwsException">As <see cref="Add"/>.</exception>
    public static EmptyResponse Remove(Monitor<KmsState> keys, UntagResourceRequest request, string principal)
    {
        new ModelConstraints().KeyId("keyId", request.KeyId).Required("tagKeys", request.TagKeys).ThrowIfAny();
        keys.Post((state, _) =>
        {
            var key = state.ChangeableNow(request.KeyId!, "UntagResource", principal);
            state.Replace(key with { Tags = key.Tags.RemoveRange(request.TagKeys!) });
        });
        return new EmptyResponse();
    }

    /// <exception cref="AwsException">ValidationException, NotFoundException, InvalidArnException,
    /// InvalidMarkerException.</exception>
    public static ListResourceTagsResponse List(Monitor<KmsState> keys, ListResourceTagsRequest request)
    {
        new ModelConstraints().KeyId("keyId", request.KeyId).ThrowIfAny();
        var page = keys.Ask((state, _) => KmsPage.Of(
            state.FindKey(request.KeyId!).Tags, tag => tag.Key, request.Limit ?? KmsLimits.DefaultTagsOnPage,
            request.Marker));
        return new ListResourceTagsResponse(
            [.. page.Items.Select(tag => new Tag(tag.Key, tag.Value))], page.NextMarker is not null,
            page.NextMarker);
    }
}
