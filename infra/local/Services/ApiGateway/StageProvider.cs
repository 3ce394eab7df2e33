using Isobar.Local.Deployment;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.ApiGateway;

/// <summary>
/// Creates <c>AWS::ApiGateway::Deployment</c> (Ref: the id) and <c>AWS::ApiGateway::Stage</c> (Ref: the name).
/// </summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::ApiGateway::Deployment and Stage.</remarks>
internal static class StageProvider
{
    public const string DeploymentType = "AWS::ApiGateway::Deployment";
    public const string StageType = "AWS::ApiGateway::Stage";

    private static readonly Dictionary<string, string> NoVariables = [];

    /// <exception cref="DeploymentException">A property is not supported or not valid.</exception>
    /// <exception cref="Wire.AwsException">What the API would answer.</exception>
    public static DeployedResource CreateDeployment(Monitor<ApiGatewayState> apis, ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var apiId = properties.RequiredString("RestApiId");
        var stage = properties.OptionalString("StageName");
        properties.Inert("Description", "no operation shows deployments");
        CheckName(properties, stage);
        properties.Finish();
        var id = StageView.Id(6, apiId, declaration.LogicalId);
        apis.Post((state, now) =>
        {
            state.Deploy(apiId, id);
            if (stage is not null) state.AddStage(apiId, stage, id, NoVariables, null, tracingEnabled: false, now);
        });
        return new DeployedResource(
            declaration.LogicalId, DeploymentType, id, id, new Dictionary<string, string> { ["DeploymentId"] = id });
    }

    /// <exception cref="DeploymentException">A property is not supported or not valid.</exception>
    /// <exception cref="Wire.AwsException">What the API would answer.</exception>
    public static DeployedResource CreateStage(Monitor<ApiGatewayState> apis, ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var (apiId, name) = (properties.RequiredString("RestApiId"), properties.RequiredString("StageName"));
        var deploymentId = properties.RequiredString("DeploymentId");
        var variables = properties.OptionalStringMap("Variables") ?? NoVariables;
        var description = properties.OptionalString("Description");
        var traced = properties.OptionalBoolean("TracingEnabled") ?? false;
        if (properties.OptionalBoolean("CacheClusterEnabled") is true)
            properties.Refuse("CacheClusterEnabled", "must be false: responses are not cached");
        ReadInert(properties);
        CheckName(properties, name);
        properties.Finish();
        apis.Post((state, now) => state.AddStage(apiId, name, deploymentId, variables, description, traced, now));
        return new DeployedResource(
            declaration.LogicalId, StageType, name, name, new Dictionary<string, string>());
    }

    private static void ReadInert(PropertyReader properties)
    {
        foreach (var setting in properties.OptionalList("MethodSettings") ?? [])
        {
            setting.OptionalString("ResourcePath");
            setting.OptionalString("HttpMethod");
            foreach (var name in (string[])["MetricsEnabled", "LoggingLevel", "DataTraceEnabled"])
                setting.Inert(name, "the journal shows every request");
            foreach (var name in (string[])["ThrottlingBurstLimit", "ThrottlingRateLimit"])
                setting.Inert(name, "clients of an API are not throttled");
        }

        properties.Inert("TracingEnabled", "traces are not collected; the trace header is passed on");
        properties.Inert("AccessLogSetting", "the journal shows every request");
        properties.Inert("Tags", "tags are neither shown nor used for permissions");
    }

    private static void CheckName(PropertyReader properties, string? name)
    {
        if (name is { Length: 0 or > 128 } || name?.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') is false)
            properties.Refuse("StageName", "must be 1 to 128 letters, digits, hyphens and underscores");
    }
}
