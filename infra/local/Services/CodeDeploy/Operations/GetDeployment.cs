using System.Text.Json.Serialization;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

internal sealed record GetDeploymentRequest(string? DeploymentId);

internal sealed record GetDeploymentResponse(DeploymentShape DeploymentInfo);

internal sealed record DeploymentShape(
    string ApplicationName, string DeploymentGroupName, string DeploymentConfigName, string DeploymentId,
    RevisionShape Revision, string Status, ErrorShape? ErrorInformation, decimal CreateTime, decimal? StartTime,
    decimal? CompleteTime, OverviewShape DeploymentOverview, string? Description, string Creator,
    bool IgnoreApplicationStopFailures, AutoRollbackShape AutoRollbackConfiguration, bool UpdateOutdatedInstancesOnly,
    RollbackShape? RollbackInfo, DeploymentStyleShape DeploymentStyle, bool InstanceTerminationWaitTimeStarted,
    string FileExistsBehavior, string ComputePlatform);

internal sealed record ErrorShape(string Code, string Message);

/// <summary>How many targets are in which status; here there is one.</summary>
internal sealed record OverviewShape(
    [property: JsonPropertyName("Pending")] int Pending, [property: JsonPropertyName("InProgress")] int InProgress,
    [property: JsonPropertyName("Succeeded")] int Succeeded, [property: JsonPropertyName("Failed")] int Failed,
    [property: JsonPropertyName("Skipped")] int Skipped, [property: JsonPropertyName("Ready")] int Ready);

internal sealed record RollbackShape(
    string? RollbackDeploymentId, string? RollbackTriggeringDeploymentId, string RollbackMessage);

/// <summary>Shows a deployment.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference, GetDeployment; the texts of the rollback are recorded.</remarks>
internal static class GetDeployment
{
    /// <exception cref="AwsException">DeploymentIdRequiredException, InvalidDeploymentIdException,
    /// DeploymentDoesNotExistException.</exception>
    public static GetDeploymentResponse Handle(Monitor<CodeDeployState> state, GetDeploymentRequest request)
    {
        var id = Checked(request.DeploymentId);
        return state.Ask((known, _) => new GetDeploymentResponse(Shape(known.Deployment(id))));
    }

    /// <exception cref="AwsException">DeploymentIdRequiredException, InvalidDeploymentIdException.</exception>
    public static string Checked(string? id) => id switch
    {
        null or "" => throw CodeDeployErrors.DeploymentRequired(),
        _ when !DeploymentId.IsValid(id) => throw CodeDeployErrors.InvalidDeploymentId(id),
        _ => id,
    };

    private static DeploymentShape Shape(LambdaDeployment deployment) => new(
        deployment.Group.Application, deployment.Group.Name, deployment.Config.Name, deployment.Id,
        RevisionShape.Of(deployment.Revision), deployment.Status,
        deployment.Error is { } error ? new ErrorShape(error.Code, error.Message) : null,
        Shapes.Seconds(deployment.Created), Shapes.Seconds(deployment.Started), Shapes.Seconds(deployment.Completed),
        Overview(deployment.Status), deployment.Description, deployment.Creator, false,
        AutoRollbackShape.Of(deployment.Rollback), false, Rollback(deployment), DeploymentStyleShape.Lambda, false,
        "DISALLOW", Shapes.Lambda);

    private static OverviewShape Overview(string status) => new(
        status == DeploymentStatus.Created ? 1 : 0, status == DeploymentStatus.InProgress ? 1 : 0,
        status == DeploymentStatus.Succeeded ? 1 : 0,
        status is DeploymentStatus.Failed or DeploymentStatus.Stopped ? 1 : 0, 0, 0);

    private static RollbackShape? Rollback(LambdaDeployment deployment) => deployment switch
    {
        { RolledBackBy: { } by } => new RollbackShape(by, null,
            $"Deployment {deployment.Id} terminated. Automatic rollback is triggered with a DeploymentId {by}."),
        { RollbackOf: { } of } => new RollbackShape(null, of,
            $"Deployment {deployment.Id} is triggered to roll back deployment {of}."),
        _ => null,
    };
}
