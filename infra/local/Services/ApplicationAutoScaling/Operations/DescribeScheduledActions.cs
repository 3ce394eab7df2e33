using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record DescribeScheduledActionsRequest(
    IReadOnlyList<string>? ScheduledActionNames, string? ServiceNamespace, string? ResourceId,
    string? ScalableDimension, int? MaxResults, string? NextToken);

internal sealed record DescribeScheduledActionsResponse(
    IReadOnlyList<ScheduledActionShape> ScheduledActions, string? NextToken);

internal sealed record ScheduledActionShape(
    string ScheduledActionName,
    [property: System.Text.Json.Serialization.JsonPropertyName("ScheduledActionARN")] string ScheduledActionArn,
    string ServiceNamespace, string Schedule, string? Timezone, string ResourceId, string ScalableDimension,
    double? StartTime, double? EndTime, ScalableTargetActionShape ScalableTargetAction, double CreationTime);

/// <summary>Lists the scheduled actions of a service's scalable targets.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, DescribeScheduledActions.</remarks>
internal static class DescribeScheduledActions
{
    /// <exception cref="AwsException">ValidationException; InvalidNextTokenException.</exception>
    public static DescribeScheduledActionsResponse Handle(
        Monitor<ScalingState> scaling, DescribeScheduledActionsRequest request)
    {
        Page.CheckNamespace(request.ServiceNamespace);
        return scaling.Ask((state, _) =>
        {
            var (actions, next) = Page.Of(
                state.Targets.Where(target => target.Key.Namespace == request.ServiceNamespace
                        && (request.ResourceId is null || request.ResourceId == target.Key.ResourceId)
                        && (request.ScalableDimension is null || request.ScalableDimension == target.Key.Dimension))
                    .SelectMany(target => target.Actions.Values)
                    .Where(action => request.ScheduledActionNames is not { Count: > 0 } names
                        || names.Contains(action.Name)),
                request.MaxResults, request.NextToken);
            return new DescribeScheduledActionsResponse([.. actions.Select(Show)], next);
        });
    }

    private static ScheduledActionShape Show(ScheduledAction action) => new(
        action.Name, action.Arn.ToString(), action.Key.Namespace, action.Schedule.Text, action.TimeZone,
        action.Key.ResourceId, action.Key.Dimension,
        action.StartTime is { } start ? Page.Seconds(start) : null,
        action.EndTime is { } end ? Page.Seconds(end) : null,
        new ScalableTargetActionShape(action.MinCapacity, action.MaxCapacity), Page.Seconds(action.CreatedAt));
}
