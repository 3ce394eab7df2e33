using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

internal sealed record ListDeploymentTargetsRequest(string? DeploymentId, string? NextToken);

internal sealed record ListDeploymentTargetsResponse(IReadOnlyList<string> TargetIds);

internal sealed record GetDeploymentTargetRequest(string? DeploymentId, string? TargetId);

internal sealed record GetDeploymentTargetResponse(DeploymentTargetShape DeploymentTarget);

internal sealed record BatchGetDeploymentTargetsRequest(string? DeploymentId, IReadOnlyList<string>? TargetIds);

internal sealed record BatchGetDeploymentTargetsResponse(IReadOnlyList<DeploymentTargetShape> DeploymentTargets);

internal sealed record DeploymentTargetShape(string DeploymentTargetType, LambdaTargetShape LambdaTarget);

internal sealed record LambdaTargetShape(
    string DeploymentId, string TargetId, string TargetArn, string Status, decimal LastUpdatedAt,
    IReadOnlyList<LifecycleEventShape> LifecycleEvents, LambdaFunctionShape LambdaFunctionInfo);

internal sealed record LifecycleEventShape(
    string LifecycleEventName, decimal? StartTime, decimal? EndTime, string Status);

/// <param name="TargetVersionWeight">The share of the target version, 0 to 1.</param>
internal sealed record LambdaFunctionShape(
    string FunctionName, string FunctionAlias, string CurrentVersion, string TargetVersion,
    double TargetVersionWeight);

/// <summary>Shows what a deployment is doing to its one target, a function.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference, ListDeploymentTargets, GetDeploymentTarget,
/// BatchGetDeploymentTargets, LambdaTarget.</remarks>
internal static class DeploymentTargets
{
    /// <exception cref="AwsException">DeploymentIdRequiredException, InvalidDeploymentIdException,
    /// DeploymentDoesNotExistException, InvalidNextTokenException.</exception>
    public static ListDeploymentTargetsResponse List(
        Monitor<CodeDeployState> state, ListDeploymentTargetsRequest request)
    {
        var id = GetDeployment.Checked(request.DeploymentId);
        if (request.NextToken is not null) throw CodeDeployErrors.InvalidToken();
        return state.Ask((known, _) => new ListDeploymentTargetsResponse([IdOf(known.Deployment(id))]));
    }

    /// <exception cref="AwsException">As <see cref="List"/>; DeploymentTargetIdRequiredException,
    /// DeploymentTargetDoesNotExistException.</exception>
    public static GetDeploymentTargetResponse Get(
        Monitor<CodeDeployState> state, GetDeploymentTargetRequest request) =>
        new(Find(state, request.DeploymentId, request.TargetId));

    /// <exception cref="AwsException">As <see cref="Get"/>; DeploymentTargetListSizeExceededException.</exception>
    public static BatchGetDeploymentTargetsResponse BatchGet(
        Monitor<CodeDeployState> state, BatchGetDeploymentTargetsRequest request)
    {
        if (request.TargetIds is not { Count: > 0 } ids) throw CodeDeployErrors.TargetRequired();
        if (ids.Count > CodeDeployLimits.MaxTargetsInRequest) throw CodeDeployErrors.TooManyTargets();
        return new BatchGetDeploymentTargetsResponse([.. ids.Select(id => Find(state, request.DeploymentId, id))]);
    }

    private static DeploymentTargetShape Find(Monitor<CodeDeployState> state, string? deploymentId, string? targetId)
    {
        var id = GetDeployment.Checked(deploymentId);
        if (string.IsNullOrEmpty(targetId)) throw CodeDeployErrors.TargetRequired();
        return state.Ask((known, _) =>
        {
            var deployment = known.Deployment(id);
            return IdOf(deployment) == targetId ? Shape(deployment) : throw CodeDeployErrors.TargetNotFound(targetId);
        });
    }

    private static string IdOf(LambdaDeployment deployment) =>
        $"{deployment.Revision.Function}:{deployment.Revision.Alias}";

    private static DeploymentTargetShape Shape(LambdaDeployment deployment) => new(
        "LambdaTarget", new LambdaTargetShape(
        deployment.Id, IdOf(deployment), deployment.Alias.ToString(), Status(deployment.Status),
        Shapes.Seconds(deployment.LastUpdated),
        [.. deployment.Events.Select(each => new LifecycleEventShape(
            each.Name, Shapes.Seconds(each.Started), Shapes.Seconds(each.Ended), each.Status))],
        new LambdaFunctionShape(
            deployment.Revision.Function, deployment.Revision.Alias, deployment.Revision.CurrentVersion,
            deployment.Revision.TargetVersion, deployment.Percent / 100.0)));

    private static string Status(string status) => status switch
    {
        DeploymentStatus.Created => "Pending",
        DeploymentStatus.Stopped => "Failed",
        _ => status,
    };
}
