using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record DeleteScalingPolicyRequest(
    string? PolicyName, string? ServiceNamespace, string? ResourceId, string? ScalableDimension);

/// <summary>Deletes a policy and its alarms.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, DeleteScalingPolicy.</remarks>
internal static class DeleteScalingPolicy
{
    /// <exception cref="AwsException">ValidationException; ObjectNotFoundException.</exception>
    public static EmptyResponse Handle(Monitor<ScalingState> scaling, DeleteScalingPolicyRequest request)
    {
        var key = ScalingKey.Of(request.ServiceNamespace, request.ResourceId, request.ScalableDimension);
        scaling.Post((state, _) => state.DeletePolicy(key, request.PolicyName ?? ""));
        return new EmptyResponse();
    }
}
