using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

internal sealed record GetDeploymentConfigRequest(string? DeploymentConfigName);

internal sealed record GetDeploymentConfigResponse(DeploymentConfigShape DeploymentConfigInfo);

internal sealed record DeploymentConfigShape(
    string DeploymentConfigId, string DeploymentConfigName, decimal CreateTime, string ComputePlatform,
    TrafficRoutingShape TrafficRoutingConfig);

internal sealed record TrafficRoutingShape(string Type, CanaryShape? TimeBasedCanary, LinearShape? TimeBasedLinear);

/// <param name="CanaryInterval">Minutes.</param>
internal sealed record CanaryShape(int CanaryPercentage, int CanaryInterval);

/// <param name="LinearInterval">Minutes.</param>
internal sealed record LinearShape(int LinearPercentage, int LinearInterval);

internal sealed record ListDeploymentConfigsResponse(IReadOnlyList<string> DeploymentConfigsList, string? NextToken);

/// <summary>Shows deployment configurations: those that every account has for Lambda, and the account's own.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference, GetDeploymentConfig, ListDeploymentConfigs.</remarks>
internal static class DeploymentConfigs
{
    /// <exception cref="AwsException">DeploymentConfigNameRequiredException,
    /// DeploymentConfigDoesNotExistException.</exception>
    public static GetDeploymentConfigResponse Get(Monitor<CodeDeployState> state, GetDeploymentConfigRequest request)
    {
        if (request.DeploymentConfigName is not { Length: > 0 } name) throw CodeDeployErrors.ConfigRequired();
        var config = state.Ask((known, _) => known.Config(name));
        var minutes = (int)config.Interval.TotalMinutes;
        return new GetDeploymentConfigResponse(new DeploymentConfigShape(
            config.Id, config.Name, Shapes.Seconds(config.Created), Shapes.Lambda,
            new TrafficRoutingShape(
                config.Type,
                config.Type == DeploymentConfig.Canary ? new CanaryShape(config.Percentage, minutes) : null,
                config.Type == DeploymentConfig.Linear ? new LinearShape(config.Percentage, minutes) : null)));
    }

    /// <exception cref="AwsException">InvalidNextTokenException.</exception>
    public static ListDeploymentConfigsResponse List(Monitor<CodeDeployState> state, ListRequest request)
    {
        var (names, next) = state.Ask((known, _) => Page.Of(known.Configs, request.NextToken));
        return new ListDeploymentConfigsResponse(names, next);
    }
}
