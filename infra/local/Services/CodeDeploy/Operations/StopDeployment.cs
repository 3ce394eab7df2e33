using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

internal sealed record StopDeploymentRequest(string? DeploymentId, bool? AutoRollbackEnabled);

internal sealed record StopDeploymentResponse(string Status, string StatusMessage);

/// <summary>
/// Stops a deployment. Where it is rolled back, all traffic goes to the old version at once; else it stays as it is.
/// </summary>
/// <remarks>Source: AWS CodeDeploy API Reference, StopDeployment.</remarks>
internal static class StopDeployment
{
    /// <exception cref="AwsException">DeploymentIdRequiredException, InvalidDeploymentIdException,
    /// DeploymentDoesNotExistException, DeploymentAlreadyCompletedException.</exception>
    public static StopDeploymentResponse Handle(Monitor<CodeDeployState> state, StopDeploymentRequest request)
    {
        var id = GetDeployment.Checked(request.DeploymentId);
        state.Post((known, now) => known.Stop(id, request.AutoRollbackEnabled, now));
        return new StopDeploymentResponse("Succeeded", "No more traffic is shifted by this deployment.");
    }
}
