using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record DescribeScalingActivitiesRequest(
    string? ServiceNamespace, string? ResourceId, string? ScalableDimension, int? MaxResults, string? NextToken);

internal sealed record DescribeScalingActivitiesResponse(
    IReadOnlyList<ScalingActivityShape> ScalingActivities, string? NextToken);

internal sealed record ScalingActivityShape(
    string ActivityId, string ServiceNamespace, string ResourceId, string ScalableDimension, string Description,
    string Cause, double StartTime, double EndTime, string StatusCode, string StatusMessage);

/// <summary>Lists what was done to a service's scalable targets, the newest first.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, DescribeScalingActivities.</remarks>
internal static class DescribeScalingActivities
{
    /// <exception cref="AwsException">ValidationException; InvalidNextTokenException.</exception>
    public static DescribeScalingActivitiesResponse Handle(
        Monitor<ScalingState> scaling, DescribeScalingActivitiesRequest request)
    {
        Page.CheckNamespace(request.ServiceNamespace);
        return scaling.Ask((state, _) =>
        {
            var (activities, next) = Page.Of(
                state.Targets.Where(target => target.Key.Namespace == request.ServiceNamespace
                        && (request.ResourceId is null || request.ResourceId == target.Key.ResourceId)
                        && (request.ScalableDimension is null || request.ScalableDimension == target.Key.Dimension))
                    .SelectMany(target => target.Activities),
                request.MaxResults, request.NextToken);
            return new DescribeScalingActivitiesResponse([.. activities.Select(Show)], next);
        });
    }

    private static ScalingActivityShape Show(ScalingActivity activity) => new(
        activity.Id, activity.Key.Namespace, activity.Key.ResourceId, activity.Key.Dimension, activity.Description,
        activity.Cause, Page.Seconds(activity.StartTime), Page.Seconds(activity.StartTime), activity.StatusCode,
        activity.StatusMessage);
}
