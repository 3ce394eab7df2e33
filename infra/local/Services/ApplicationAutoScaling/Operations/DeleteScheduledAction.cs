using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

internal sealed record DeleteScheduledActionRequest(
    string? ServiceNamespace, string? ScheduledActionName, string? ResourceId, string? ScalableDimension);

/// <summary>Deletes a scheduled action.</summary>
/// <remarks>Source: Application Auto Scaling API Reference, DeleteScheduledAction.</remarks>
internal static class DeleteScheduledAction
{
    /// <exception cref="AwsException">ValidationException; ObjectNotFoundException.</exception>
    public static EmptyResponse Handle(Monitor<ScalingState> scaling, DeleteScheduledActionRequest request)
    {
        var key = ScalingKey.Of(request.ServiceNamespace, request.ResourceId, request.ScalableDimension);
        scaling.Post((state, _) => state.DeleteAction(key, request.ScheduledActionName ?? ""));
        return new EmptyResponse();
    }
}
