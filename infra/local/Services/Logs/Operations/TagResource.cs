using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record TagResourceRequest(string? ResourceArn, Dictionary<string, string>? Tags);

internal sealed record TagLogGroupRequest(string? LogGroupName, Dictionary<string, string>? Tags);

/// <summary>Adds tags to a group; one with a key that it has gets the new value.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, TagResource and TagLogGroup.</remarks>
internal static class TagResource
{
    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, TagResourceRequest request, CallScope scope)
    {
        new ModelCheck().ResourceArn(request.ResourceArn).Required(request.Tags, "tags")
            .Tags(request.Tags).ThrowIfAny();
        return Add(
            logs, LogsArn.NameIn(request.ResourceArn!, scope) ?? throw LogsErrors.GroupNotFound(), request.Tags!);
    }

    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, TagLogGroupRequest request)
    {
        new ModelCheck().GroupName(request.LogGroupName).Required(request.Tags, "tags").Tags(request.Tags)
            .ThrowIfAny();
        return Add(logs, request.LogGroupName!, request.Tags!);
    }

    private static Empty Add(Monitor<LogsState> logs, string group, Dictionary<string, string> tags)
    {
        logs.Post((state, _) =>
        {
            var has = state.Get(group).Tags;
            if (has.Keys.Union(tags.Keys).Count() > LogsLimits.MaxTags) throw LogsErrors.TooManyTags();
            foreach (var (key, value) in tags) has[key] = value;
        });
        return Empty.Instance;
    }
}
