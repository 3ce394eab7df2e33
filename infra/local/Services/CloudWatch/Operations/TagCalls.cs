using Isobar.Local.Ownership;
using Isobar.Local.Services.CloudWatch.Alarms;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch.Operations;

internal sealed record ListTagsForResourceRequest(string? ResourceARN);

internal sealed record ListTagsForResourceAnswer(IReadOnlyList<TagMember> Tags);

internal sealed record TagResourceRequest(string? ResourceARN, IReadOnlyList<TagMember>? Tags);

internal sealed record UntagResourceRequest(string? ResourceARN, IReadOnlyList<string>? TagKeys);

/// <summary>The tags of alarms; dashboards have none here.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, ListTagsForResource, TagResource and UntagResource.</remarks>
internal static class TagCalls
{
    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public static ListTagsForResourceAnswer List(
        Monitor<AlarmBook, AlarmEffect> alarms, ListTagsForResourceRequest request) => new(
            [.. alarms.Ask((book, _) => Find(book, request.ResourceARN).Definition.Tags)
                .OrderBy(tag => tag.Key, StringComparer.Ordinal)
                .Select(tag => new TagMember(tag.Key, tag.Value))]);

    /// <exception cref="AwsException">ResourceNotFoundException, InvalidParameterValue.</exception>
    public static EmptyAnswer Tag(Monitor<AlarmBook, AlarmEffect> alarms, TagResourceRequest request)
    {
        var added = Members.Tags(request.Tags);
        return Change(alarms, request.ResourceARN, tags =>
        {
            foreach (var (key, value) in added) tags[key] = value;
        });
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public static EmptyAnswer Untag(Monitor<AlarmBook, AlarmEffect> alarms, UntagResourceRequest request) =>
        Change(alarms, request.ResourceARN, tags =>
        {
            foreach (var key in request.TagKeys ?? []) tags.Remove(key);
        });

    private static EmptyAnswer Change(
        Monitor<AlarmBook, AlarmEffect> alarms, string? arn, Action<Dictionary<string, string>> change)
    {
        alarms.Post((book, _) =>
        {
            var alarm = Find(book, arn);
            var tags = new Dictionary<string, string>(alarm.Definition.Tags, StringComparer.Ordinal);
            change(tags);
            if (tags.Count > CloudWatchLimits.MaxTags)
                throw CloudWatchErrors.InvalidValue($"A resource has at most {CloudWatchLimits.MaxTags} tags.");
            alarm.Definition = alarm.Definition with { Tags = tags };
        });
        return new EmptyAnswer();
    }

    private static Alarm Find(AlarmBook book, string? arn) =>
        Arn.TryParse(arn ?? "") is { Service: "cloudwatch" } parsed
        && parsed.Resource.StartsWith("alarm:", StringComparison.Ordinal)
        && book.Find(parsed.Resource[6..]) is { } alarm
            ? alarm
            : throw CloudWatchErrors.NoSuchResource(arn ?? "");
}
