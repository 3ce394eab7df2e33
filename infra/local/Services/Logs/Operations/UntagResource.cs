using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record UntagResourceRequest(string? ResourceArn, IReadOnlyList<string>? TagKeys);

/// <param name="Tags">The keys.</param>
internal sealed record UntagLogGroupRequest(string? LogGroupName, IReadOnlyList<string>? Tags);

/// <summary>Removes tags from a group; keys that it has not change nothing.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, UntagResource and UntagLogGroup.</remarks>
internal static class UntagResource
{
    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, UntagResourceRequest request, CallScope scope)
    {
        new ModelCheck().ResourceArn(request.ResourceArn).Required(request.TagKeys, "tagKeys").ThrowIfAny();
        return Remove(
            logs, LogsArn.NameIn(request.ResourceArn!, scope) ?? throw LogsErrors.GroupNotFound(), request.TagKeys!);
    }

    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static Empty Handle(Monitor<LogsState> logs, UntagLogGroupRequest request)
    {
        new ModelCheck().GroupName(request.LogGroupName).Required(request.Tags, "tags").ThrowIfAny();
        return Remove(logs, request.LogGroupName!, request.Tags!);
    }

    private static Empty Remove(Monitor<LogsState> logs, string group, IReadOnlyList<string> keys)
    {
        logs.Post((state, _) =>
        {
            var tags = state.Get(group).Tags;
            foreach (var key in keys) tags.Remove(key);
        });
        return Empty.Instance;
    }
}
