using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Operations;

internal sealed record ListTagsForResourceRequest(string? ResourceArn);

internal sealed record ListTagsLogGroupRequest(string? LogGroupName);

internal sealed record ListTagsResponse(IReadOnlyDictionary<string, string> Tags);

/// <summary>Lists the tags of a group.</summary>
/// <remarks>Source: Amazon CloudWatch Logs API Reference, ListTagsForResource and ListTagsLogGroup.</remarks>
internal static class ListTagsForResource
{
    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static ListTagsResponse Handle(Monitor<LogsState> logs, ListTagsForResourceRequest request, CallScope scope)
    {
        new ModelCheck().ResourceArn(request.ResourceArn).ThrowIfAny();
        return List(logs, LogsArn.NameIn(request.ResourceArn!, scope) ?? throw LogsErrors.GroupNotFound());
    }

    /// <exception cref="AwsException">InvalidParameterException, ResourceNotFoundException.</exception>
    public static ListTagsResponse Handle(Monitor<LogsState> logs, ListTagsLogGroupRequest request)
    {
        new ModelCheck().GroupName(request.LogGroupName).ThrowIfAny();
        return List(logs, request.LogGroupName!);
    }

    private static ListTagsResponse List(Monitor<LogsState> logs, string group) =>
        new(logs.Ask((state, _) => new Dictionary<string, string>(state.Get(group).Tags)));
}
