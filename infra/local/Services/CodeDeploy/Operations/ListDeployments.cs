using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

internal sealed record ListDeploymentsRequest(
    string? ApplicationName, string? DeploymentGroupName, IReadOnlyList<string>? IncludeOnlyStatuses,
    TimeRangeShape? CreateTimeRange, string? NextToken);

/// <summary>Seconds since 1970.</summary>
internal sealed record TimeRangeShape(decimal? Start, decimal? End);

internal sealed record ListDeploymentsResponse(IReadOnlyList<string> Deployments, string? NextToken);

/// <summary>Lists deployments, the newest first.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference, ListDeployments.</remarks>
internal static class ListDeployments
{
    /// <exception cref="AwsException">ApplicationNameRequiredException: a group without an application; the two not
    /// found; InvalidDeploymentStatusException, InvalidNextTokenException.</exception>
    public static ListDeploymentsResponse Handle(Monitor<CodeDeployState> state, ListDeploymentsRequest request)
    {
        var (application, group) = (request.ApplicationName, request.DeploymentGroupName);
        if (group is not null && application is null) throw CodeDeployErrors.ApplicationRequired();
        if (request.IncludeOnlyStatuses?.FirstOrDefault(
            status => !DeploymentStatus.All.Contains(status)) is { } unknown)
            throw CodeDeployErrors.InvalidStatus(unknown);
        var (ids, next) = state.Ask((known, _) =>
        {
            if (application is not null && group is null) known.Application(application);
            if (group is not null) known.Group(application!, group);
            return Page.Of(known.Deployments.Where(deployment => IsWanted(deployment, request))
                .Select(deployment => deployment.Id), request.NextToken);
        });
        return new ListDeploymentsResponse(ids, next);
    }

    private static bool IsWanted(LambdaDeployment deployment, ListDeploymentsRequest request) =>
        (request.ApplicationName is null || deployment.Group.Application == request.ApplicationName)
        && (request.DeploymentGroupName is null || deployment.Group.Name == request.DeploymentGroupName)
        && (request.IncludeOnlyStatuses is not { Count: > 0 } wanted || wanted.Contains(deployment.Status))
        && !(Shapes.Seconds(deployment.Created) < request.CreateTimeRange?.Start)
        && !(Shapes.Seconds(deployment.Created) > request.CreateTimeRange?.End);
}
