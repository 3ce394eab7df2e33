using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record DescribeScalableTargetsRequest(
    string? ServiceNamespace, IReadOnlyList<string>? ResourceIds, string? ScalableDimension, int? MaxResults,
    string? NextToken);

internal sealed record DescribeScalableTargetsResponse(
    IReadOnlyList<ScalableTargetShape> ScalableTargets, string? NextToken);

internal sealed record ScalableTargetShape(
    string ServiceNamespace, string ResourceId, string ScalableDimension, int MinCapacity, int MaxCapacity,
    [property: System.Text.Json.Serialization.JsonPropertyName("RoleARN")] string RoleArn, double CreationTime,
    SuspendedStateShape SuspendedState,
    [property: System.Text.Json.Serialization.JsonPropertyName("ScalableTargetARN")] string ScalableTargetArn);

/// <summary>Lists scalable targets of a service.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, DescribeScalableTargets.</remarks>
internal static class DescribeScalableTargets
{
    /// <exception cref="AwsException">ValidationException; InvalidNextTokenException.</exception>
    public static DescribeScalableTargetsResponse Handle(
        Monitor<ScalingState> scaling, DescribeScalableTargetsRequest request)
    {
        Page.CheckNamespace(request.ServiceNamespace);
        return scaling.Ask((state, _) =>
        {
            var (targets, next) = Page.Of(
                state.Targets.Where(target => target.Key.Namespace == request.ServiceNamespace
                    && (request.ResourceIds is not { Count: > 0 } ids || ids.Contains(target.Key.ResourceId))
                    && (request.ScalableDimension is null || request.ScalableDimension == target.Key.Dimension)),
                request.MaxResults, request.NextToken);
            return new DescribeScalableTargetsResponse([.. targets.Select(Show)], next);
        });
    }

    private static ScalableTargetShape Show(ScalableTarget target) => new(
        target.Key.Namespace, target.Key.ResourceId, target.Key.Dimension, target.MinCapacity, target.MaxCapacity,
        target.RoleArn, Page.Seconds(target.CreatedAt), SuspendedStateShape.Of(target.Suspended),
        target.Arn.ToString());
}
