using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record DescribeScalingPoliciesRequest(
    IReadOnlyList<string>? PolicyNames, string? ServiceNamespace, string? ResourceId, string? ScalableDimension,
    int? MaxResults, string? NextToken);

internal sealed record DescribeScalingPoliciesResponse(
    IReadOnlyList<ScalingPolicyShape> ScalingPolicies, string? NextToken);

internal sealed record ScalingPolicyShape(
    [property: System.Text.Json.Serialization.JsonPropertyName("PolicyARN")] string PolicyArn, string PolicyName,
    string ServiceNamespace, string ResourceId, string ScalableDimension, string PolicyType,
    TargetTrackingShape TargetTrackingScalingPolicyConfiguration, IReadOnlyList<AlarmShape> Alarms,
    double CreationTime);

/// <summary>Lists the policies of a service's scalable targets.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, DescribeScalingPolicies.</remarks>
internal static class DescribeScalingPolicies
{
    /// <exception cref="AwsException">ValidationException; InvalidNextTokenException.</exception>
    public static DescribeScalingPoliciesResponse Handle(
        Monitor<ScalingState> scaling, DescribeScalingPoliciesRequest request)
    {
        Page.CheckNamespace(request.ServiceNamespace);
        return scaling.Ask((state, _) =>
        {
            var (policies, next) = Page.Of(
                state.Targets.Where(target => target.Key.Namespace == request.ServiceNamespace
                        && (request.ResourceId is null || request.ResourceId == target.Key.ResourceId)
                        && (request.ScalableDimension is null || request.ScalableDimension == target.Key.Dimension))
                    .SelectMany(target => target.Policies.Values)
                    .Where(policy => request.PolicyNames is not { Count: > 0 } names || names.Contains(policy.Name)),
                request.MaxResults, request.NextToken);
            return new DescribeScalingPoliciesResponse([.. policies.Select(Show)], next);
        });
    }

    private static ScalingPolicyShape Show(ScalingPolicy policy) => new(
        policy.Arn.ToString(), policy.Name, policy.Key.Namespace, policy.Key.ResourceId, policy.Key.Dimension,
        PutScalingPolicy.Type, TargetTrackingShape.Of(policy.Tracking), AlarmShape.Of(policy),
        Page.Seconds(policy.CreatedAt));
}
