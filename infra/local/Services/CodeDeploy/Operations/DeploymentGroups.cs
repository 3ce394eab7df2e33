using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

internal sealed record CreateDeploymentGroupRequest(
    string? ApplicationName, string? DeploymentGroupName, string? DeploymentConfigName, string? ServiceRoleArn,
    AlarmConfigurationShape? AlarmConfiguration, AutoRollbackShape? AutoRollbackConfiguration,
    DeploymentStyleShape? DeploymentStyle);

internal sealed record CreateDeploymentGroupResponse(string DeploymentGroupId);

internal sealed record GetDeploymentGroupRequest(string? ApplicationName, string? DeploymentGroupName);

internal sealed record GetDeploymentGroupResponse(DeploymentGroupShape DeploymentGroupInfo);

internal sealed record DeploymentGroupShape(
    string ApplicationName, string DeploymentGroupId, string DeploymentGroupName, string DeploymentConfigName,
    string ServiceRoleArn, RevisionShape? TargetRevision, AlarmConfigurationShape AlarmConfiguration,
    AutoRollbackShape AutoRollbackConfiguration, DeploymentStyleShape DeploymentStyle,
    LastDeploymentShape? LastSuccessfulDeployment, LastDeploymentShape? LastAttemptedDeployment,
    string ComputePlatform);

internal sealed record LastDeploymentShape(string DeploymentId, string Status, decimal? EndTime, decimal CreateTime);

internal sealed record ListDeploymentGroupsRequest(string? ApplicationName, string? NextToken);

internal sealed record ListDeploymentGroupsResponse(
    string ApplicationName, IReadOnlyList<string> DeploymentGroups, string? NextToken);

/// <summary>Makes and shows deployment groups.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference, CreateDeploymentGroup, GetDeploymentGroup, ListDeploymentGroups.
/// </remarks>
internal static class DeploymentGroups
{
    /// <exception cref="AwsException">ApplicationNameRequiredException, ApplicationDoesNotExistException,
    /// DeploymentGroupNameRequiredException, DeploymentGroupAlreadyExistsException, RoleRequiredException,
    /// InvalidDeploymentStyleException, AlarmsLimitExceededException.</exception>
    public static CreateDeploymentGroupResponse Create(
        Monitor<CodeDeployState> state, CreateDeploymentGroupRequest request, Identifiers identifiers)
    {
        if (request.ApplicationName is not { Length: > 0 } application) throw CodeDeployErrors.ApplicationRequired();
        if (request.DeploymentGroupName is not { Length: > 0 } name) throw CodeDeployErrors.GroupRequired();
        if (name.Length > CodeDeployLimits.MaxNameCharacters) throw CodeDeployErrors.InvalidName("DeploymentGroup");
        if (request.ServiceRoleArn is not { Length: > 0 } role) throw CodeDeployErrors.RoleRequired();
        if (request.DeploymentStyle != DeploymentStyleShape.Lambda) throw CodeDeployErrors.InvalidStyle();
        var alarms = request.AlarmConfiguration?.ToAlarms() ?? WatchedAlarms.None;
        if (alarms.Names.Count > CodeDeployLimits.MaxAlarms) throw CodeDeployErrors.TooManyAlarms();
        var group = new DeploymentGroup(
            application, name, identifiers.NewGuid().ToString(),
            request.DeploymentConfigName ?? DeploymentConfig.Default, role)
        {
            Alarms = alarms,
            Rollback = request.AutoRollbackConfiguration?.ToRollback() ?? AutoRollback.Off,
        };
        state.Post((known, _) => known.Add(group));
        return new CreateDeploymentGroupResponse(group.Id);
    }

    /// <exception cref="AwsException">ApplicationNameRequiredException, ApplicationDoesNotExistException,
    /// DeploymentGroupNameRequiredException, DeploymentGroupDoesNotExistException.</exception>
    public static GetDeploymentGroupResponse Get(Monitor<CodeDeployState> state, GetDeploymentGroupRequest request)
    {
        if (request.ApplicationName is not { Length: > 0 } application) throw CodeDeployErrors.ApplicationRequired();
        if (request.DeploymentGroupName is not { Length: > 0 } name) throw CodeDeployErrors.GroupRequired();
        return state.Ask((known, _) =>
        {
            var group = known.Group(application, name);
            var own = known.Deployments.Where(deployment => deployment.Group.Id == group.Id).ToList();
            var good = own.Find(deployment => deployment.Status == DeploymentStatus.Succeeded);
            return new GetDeploymentGroupResponse(new DeploymentGroupShape(
                group.Application, group.Id, group.Name, group.ConfigName, group.ServiceRoleArn,
                good is null ? null : RevisionShape.Of(good.Revision), AlarmConfigurationShape.Of(group.Alarms),
                AutoRollbackShape.Of(group.Rollback), DeploymentStyleShape.Lambda, Last(good),
                Last(own.FirstOrDefault()), Shapes.Lambda));
        });
    }

    /// <exception cref="AwsException">ApplicationNameRequiredException, ApplicationDoesNotExistException,
    /// InvalidNextTokenException.</exception>
    public static ListDeploymentGroupsResponse List(
        Monitor<CodeDeployState> state, ListDeploymentGroupsRequest request)
    {
        if (request.ApplicationName is not { Length: > 0 } name) throw CodeDeployErrors.ApplicationRequired();
        var (groups, next) = state.Ask(
            (known, _) => Page.Of(known.Application(name).Groups.Keys, request.NextToken));
        return new ListDeploymentGroupsResponse(name, groups, next);
    }

    private static LastDeploymentShape? Last(LambdaDeployment? deployment) => deployment is null
        ? null
        : new LastDeploymentShape(
            deployment.Id, deployment.Status, Shapes.Seconds(deployment.Completed),
            Shapes.Seconds(deployment.Created));
}
