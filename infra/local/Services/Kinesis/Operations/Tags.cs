using System.Collections.Immutable;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record Tag(string Key, string Value);

internal sealed record AddTagsToStreamRequest(string? StreamName, string? StreamARN, Dictionary<string, string>? Tags);

internal sealed record RemoveTagsFromStreamRequest(string? StreamName, string? StreamARN, string[]? TagKeys);

internal sealed record ListTagsForStreamRequest(
    string? StreamName, string? StreamARN, string? ExclusiveStartTagKey, int? Limit);

internal sealed record ListTagsForStreamResponse(Tag[] Tags, bool HasMoreTags);

internal sealed record TagResourceRequest(string? ResourceARN, Dictionary<string, string>? Tags);

internal sealed record UntagResourceRequest(string? ResourceARN, string[]? TagKeys);

internal sealed record ListTagsForResourceRequest(string? ResourceARN);

internal sealed record ListTagsForResourceResponse(Tag[] Tags);

/// <summary>Tags of streams, by the operations for streams and by those for any resource.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, AddTagsToStream and TagResource, and those beside them.
/// </remarks>
internal static class Tags
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException.</exception>
    public static IReadOnlyDictionary<string, string> Checked(IReadOnlyDictionary<string, string> tags)
    {
        var constraints = new ModelConstraints().Range("tags", tags.Count, 0, KinesisLimits.MaxTagsInRequest);
        foreach (var (key, value) in tags)
            constraints
                .Length("tags.key", key, 1, KinesisLimits.MaxTagKeyCharacters)
                .Length("tags.value", value, 0, KinesisLimits.MaxTagValueCharacters);
        constraints.ThrowIfAny();
        if (tags.Keys.Any(key => key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)))
            throw KinesisErrors.InvalidArgument("The prefix aws: of a tag's key is reserved.");
        return tags.Count <= KinesisLimits.MaxTags
            ? tags
            : throw KinesisErrors.InvalidArgument($"A stream can have {KinesisLimits.MaxTags} tags at most.");
    }

    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException.
    /// </exception>
    public static EmptyResponse Add(Monitor<KinesisState> streams, AddTagsToStreamRequest request, CallScope scope)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN).Required("tags", request.Tags)
            .Range("tags", request.Tags?.Count, 1, KinesisLimits.MaxTagsInRequest).ThrowIfAny();
        return Add(
            streams, StreamParameters.NameOf(request.StreamName, request.StreamARN, scope), Checked(request.Tags!));
    }

    /// <exception cref="AwsException">As for <see cref="AddTagsToStreamRequest"/>.</exception>
    public static EmptyResponse Add(Monitor<KinesisState> streams, TagResourceRequest request, CallScope scope)
    {
        new ModelConstraints()
            .Resource(request.ResourceARN).Required("tags", request.Tags)
            .Range("tags", request.Tags?.Count, 1, KinesisLimits.MaxTagsInRequest).ThrowIfAny();
        return Add(streams, NameOf(request.ResourceARN!, scope), Checked(request.Tags!));
    }

    /// <exception cref="AwsException">As for <see cref="AddTagsToStreamRequest"/>.</exception>
    public static EmptyResponse Remove(
        Monitor<KinesisState> streams, RemoveTagsFromStreamRequest request, CallScope scope)
    {
        new ModelConstraints().Stream(request.StreamName, request.StreamARN).TagKeys(request.TagKeys).ThrowIfAny();
        return Remove(
            streams, StreamParameters.NameOf(request.StreamName, request.StreamARN, scope), request.TagKeys!);
    }

    /// <exception cref="AwsException">As for <see cref="AddTagsToStreamRequest"/>.</exception>
    public static EmptyResponse Remove(Monitor<KinesisState> streams, UntagResourceRequest request, CallScope scope)
    {
        new ModelConstraints().Resource(request.ResourceARN).TagKeys(request.TagKeys).ThrowIfAny();
        return Remove(streams, NameOf(request.ResourceARN!, scope), request.TagKeys!);
    }

    /// <exception cref="AwsException">As for <see cref="AddTagsToStreamRequest"/>.</exception>
    public static ListTagsForStreamResponse List(
        Monitor<KinesisState> streams, ListTagsForStreamRequest request, CallScope scope)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Length("exclusiveStartTagKey", request.ExclusiveStartTagKey, 1, KinesisLimits.MaxTagKeyCharacters)
            .Range("limit", request.Limit, 1, KinesisLimits.MaxTags)
            .ThrowIfAny();
        var limit = request.Limit ?? KinesisLimits.MaxTags;
        var left = Of(streams, StreamParameters.NameOf(request.StreamName, request.StreamARN, scope))
            .Where(tag => string.CompareOrdinal(tag.Key, request.ExclusiveStartTagKey) > 0).ToArray();
        return new ListTagsForStreamResponse([.. left.Take(limit)], left.Length > limit);
    }

    /// <exception cref="AwsException">As for <see cref="AddTagsToStreamRequest"/>.</exception>
    public static ListTagsForResourceResponse List(
        Monitor<KinesisState> streams, ListTagsForResourceRequest request, CallScope scope)
    {
        new ModelConstraints().Resource(request.ResourceARN).ThrowIfAny();
        return new ListTagsForResourceResponse(Of(streams, NameOf(request.ResourceARN!, scope)));
    }

    private static ModelConstraints Resource(this ModelConstraints constraints, string? arn) => constraints
        .Required("resourceARN", arn).Length("resourceARN", arn, 1, KinesisLimits.MaxArnCharacters);

    private static ModelConstraints TagKeys(this ModelConstraints constraints, string[]? keys) => constraints
        .Required("tagKeys", keys).Length("tagKeys", keys, 1, KinesisLimits.MaxTags);

    // Consumers have tags on AWS too; there are none here.
    private static string NameOf(string arn, CallScope scope) =>
        Arn.TryParse(arn) is { Service: "kinesis", Resource: var resource }
        && resource.Split('/') is ["stream", { Length: > 0 }]
            ? StreamParameters.NameOf(null, arn, scope)
            : throw KinesisErrors.InvalidArgument($"{arn} is not the ARN of a stream.");

    private static EmptyResponse Add(
        Monitor<KinesisState> streams, string name, IReadOnlyDictionary<string, string> tags)
    {
        streams.Post((state, now) =>
        {
            var stream = state.Get(name, now);
            var all = stream.Tags.SetItems(tags);
            if (all.Count > KinesisLimits.MaxTags)
                throw KinesisErrors.InvalidArgument(
                    $"Failed to add tags to stream {stream.Place} because a given stream cannot have more than "
                    + $"{KinesisLimits.MaxTags} tags associated with it.");
            stream.Tags = all;
        });
        return new EmptyResponse();
    }

    private static EmptyResponse Remove(Monitor<KinesisState> streams, string name, string[] keys)
    {
        streams.Post((state, now) =>
        {
            var stream = state.Get(name, now);
            stream.Tags = stream.Tags.RemoveRange(keys);
        });
        return new EmptyResponse();
    }

    private static Tag[] Of(Monitor<KinesisState> streams, string name) => streams.Ask((state, now) =>
        (Tag[])[.. state.Get(name, now).Tags.Select(tag => new Tag(tag.Key, tag.Value))]);
}
