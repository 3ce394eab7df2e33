using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

internal sealed record Tag(string? Key, string? Value)
{
    /// <exception cref="AwsException">ValidationException, TooManyTagsError.</exception>
    public static IReadOnlyDictionary<string, string> Checked(IReadOnlyCollection<Tag> tags)
    {
        var constraints = new ModelConstraints();
        foreach (var tag in tags)
        {
            constraints
                .Required("tags.member.key", tag.Key)
                .Length("tags.member.key", tag.Key, 1, SsmLimits.MaxTagKeyCharacters)
                .Required("tags.member.value", tag.Value)
                .Length("tags.member.value", tag.Value, 0, SsmLimits.MaxTagValueCharacters);
        }

        constraints.ThrowIfAny();
        if (tags.Count > SsmLimits.MaxTags) throw SsmErrors.TooManyTags();
        if (tags.FirstOrDefault(tag => tag.Key!.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)) is { } mine)
            throw SsmErrors.InvalidTag($"The tag key {mine.Key} begins with aws:, which is reserved.");
        if (tags.DistinctBy(tag => tag.Key).Count() < tags.Count)
            throw SsmErrors.InvalidTag("A tag key is given twice.");
        return tags.ToDictionary(tag => tag.Key!, tag => tag.Value!);
    }
}

internal sealed record AddTagsToResourceRequest(string? ResourceType, string? ResourceId, Tag[]? Tags);

internal sealed record RemoveTagsFromResourceRequest(string? ResourceType, string? ResourceId, string[]? TagKeys);

internal sealed record ListTagsForResourceRequest(string? ResourceType, string? ResourceId);

internal sealed record ListTagsForResourceResponse(Tag[] TagList);

/// <summary>Tags of parameters; of Systems Manager's other resources there are none.</summary>
/// <remarks>
/// Source: AWS Systems Manager API Reference, AddTagsToResource, RemoveTagsFromResource, ListTagsForResource.
/// </remarks>
internal static class Tags
{
    private const string ParameterType = "Parameter";

    private static readonly string[] Types =
    [
        "Document", "ManagedInstance", "MaintenanceWindow", ParameterType, "PatchBaseline", "OpsItem", "OpsMetadata",
        "Automation", "Association",
    ];

    /// <exception cref="AwsException">ValidationException, InvalidResourceType, InvalidResourceId,
    /// TooManyTagsError.</exception>
    public static EmptyResponse Add(Monitor<SsmState> parameters, AddTagsToResourceRequest request)
    {
        Check(request.ResourceType, request.ResourceId, "tags", request.Tags);
        var tags = Tag.Checked(request.Tags!);
        parameters.Post((state, _) =>
        {
            var known = Find(state, request.ResourceId!);
            if (known.Keys.Union(tags.Keys).Count() > SsmLimits.MaxTags) throw SsmErrors.TooManyTags();
            foreach (var (key, value) in tags) known[key] = value;
        });
        return new EmptyResponse();
    }

    /// <exception cref="AwsException">ValidationException, InvalidResourceType, InvalidResourceId.</exception>
    public static EmptyResponse Remove(Monitor<SsmState> parameters, RemoveTagsFromResourceRequest request)
    {
        Check(request.ResourceType, request.ResourceId, "tagKeys", request.TagKeys);
        parameters.Post((state, _) =>
        {
            var known = Find(state, request.ResourceId!);
            foreach (var key in request.TagKeys!) known.Remove(key);
        });
        return new EmptyResponse();
    }

    /// <exception cref="AwsException">ValidationException, InvalidResourceType, InvalidResourceId.</exception>
    public static ListTagsForResourceResponse List(
        Monitor<SsmState> parameters, ListTagsForResourceRequest request)
    {
        Check(request.ResourceType, request.ResourceId, "tags", Array.Empty<Tag>());
        return parameters.Ask((state, _) => new ListTagsForResourceResponse(
            [.. Find(state, request.ResourceId!).Select(tag => new Tag(tag.Key, tag.Value))]));
    }

    private static SortedDictionary<string, string> Find(SsmState state, string name) =>
        state.Find(name)?.Tags ?? throw SsmErrors.InvalidResourceId();

    private static void Check(string? type, string? id, string member, object? value)
    {
        new ModelConstraints()
            .Required("resourceType", type)
            .OneOf("resourceType", type, Types)
            .Required("resourceId", id)
            .Required(member, value)
            .ThrowIfAny();
        if (type != ParameterType) throw SsmErrors.InvalidResourceType();
    }
}
