using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

internal sealed record PutLifecycleEventHookExecutionStatusRequest(
    string? DeploymentId, string? LifecycleEventHookExecutionId, string? Status);

internal sealed record PutLifecycleEventHookExecutionStatusResponse(string LifecycleEventHookExecutionId);

/// <summary>A validation function reports its result: the deployment goes on, or fails.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference, PutLifecycleEventHookExecutionStatus.</remarks>
internal static class PutLifecycleEventHookExecutionStatus
{
    /// <exception cref="AwsException">InvalidLifecycleEventHookExecutionStatusException,
    /// DeploymentIdRequiredException, InvalidDeploymentIdException, DeploymentDoesNotExistException,
    /// InvalidLifecycleEventHookExecutionIdException, LifecycleEventAlreadyCompletedException.</exception>
    public static PutLifecycleEventHookExecutionStatusResponse Handle(
        Monitor<CodeDeployState> state, PutLifecycleEventHookExecutionStatusRequest request)
    {
        if (request.Status is not (LifecycleEvent.Succeeded or LifecycleEvent.Failed))
            throw CodeDeployErrors.InvalidHookStatus(request.Status);
        var id = GetDeployment.Checked(request.DeploymentId);
        if (request.LifecycleEventHookExecutionId is not { Length: > 0 } execution)
            throw CodeDeployErrors.InvalidHookExecution();
        state.Post((known, now) => known.ReportHook(
            id, execution, request.Status == LifecycleEvent.Succeeded, now));
        return new PutLifecycleEventHookExecutionStatusResponse(execution);
    }
}
