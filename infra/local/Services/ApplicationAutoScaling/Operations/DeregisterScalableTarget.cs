using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record DeregisterScalableTargetRequest(
    string? ServiceNamespace, string? ResourceId, string? ScalableDimension);

/// <summary>An answer without members.</summary>
internal sealed record EmptyResponse;

/// <summary>Removes a scalable target with its policies, alarms and scheduled actions.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, DeregisterScalableTarget.</remarks>
internal static class DeregisterScalableTarget
{
    /// <exception cref="AwsException">ValidationException; ObjectNotFoundException.</exception>
    public static EmptyResponse Handle(Monitor<ScalingState> scaling, DeregisterScalableTargetRequest request)
    {
        var key = ScalingKey.Of(request.ServiceNamespace, request.ResourceId, request.ScalableDimension);
        scaling.Post((state, _) => state.Deregister(key));
        return new EmptyResponse();
    }
}
