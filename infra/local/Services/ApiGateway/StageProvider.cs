using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
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
        var id = StageView.Id(6, apiId, declaration.LogicalId
            + (declaration.Stack.Generation == 0 ? "" : $"\n{declaration.Stack.Generation}"));
        apis.Post((state, now) =>
        {
            state.Deploy(apiId, id);
            if (stage is null) return;
            if (state.Stage(apiId, stage) is null)
                state.AddStage(apiId, stage, id, NoVariables, null, tracingEnabled: false, now);
            else state.ChangeStage(apiId, stage, id, NoVariables, null, tracingEnabled: false);
        });
        return new DeployedResource(
            declaration.LogicalId, DeploymentType, id, id, new Dictionary<string, string> { ["DeploymentId"] = id });
    }

    /// <exception cref="DeploymentException">A property is not supported or not valid.</exception>
    /// <exception cref="Wire.AwsException">What the API would answer.</exception>
    public static DeployedResource CreateStage(Monitor<ApiGatewayState> apis, ResourceDeclaration declaration)
    {
        var stage = ReadStage(declaration);
        apis.Post((state, now) => state.AddStage(
            stage.ApiId, stage.Name, stage.DeploymentId, stage.Variables, stage.Description, stage.Traced, now));
        return Deployed(declaration, stage.Name);
    }

    /// <summary>Changes a stage; requests that come meanwhile see the one deployment or the other.</summary>
    /// <exception cref="DeploymentException">A property is not supported or not valid.</exception>
    /// <exception cref="Wire.AwsException">What the API would answer.</exception>
    public static DeployedResource ChangeStage(Monitor<ApiGatewayState> apis, ResourceDeclaration declaration)
    {
        var stage = ReadStage(declaration);
        apis.Post((state, _) => state.ChangeStage(
            stage.ApiId, stage.Name, stage.DeploymentId, stage.Variables, stage.Description, stage.Traced));
        return Deployed(declaration, stage.Name);
    }

    public static void DeleteStage(Monitor<ApiGatewayState> apis, ResourceDeclaration declaration)
    {
        var stage = ReadStage(declaration);
        apis.Post((state, _) => state.DeleteStage(stage.ApiId, stage.Name));
    }

    /// <exception cref="Wire.AwsException">BadRequestException: a stage shows it.</exception>
    public static void DeleteDeployment(Monitor<ApiGatewayState> apis, ResourceDeletion deletion)
    {
        var apiId = deletion.Declaration.Properties.RequiredString("RestApiId");
        var stage = deletion.Declaration.Properties.OptionalString("StageName");
        apis.Post((state, _) =>
        {
            // The stage that the deployment made for itself goes with it, unless it shows another by now.
            if (stage is not null && state.Stage(apiId, stage)?.DeploymentId == deletion.Existing.PhysicalId)
                state.DeleteStage(apiId, stage);
            state.DeleteDeployment(apiId, deletion.Existing.PhysicalId);
        });
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, string name) => new(
        declaration.LogicalId, StageType, name, name, new Dictionary<string, string>());

    private static StageSettings ReadStage(ResourceDeclaration declaration)
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
        return new StageSettings(apiId, name, deploymentId, variables, description, traced);
    }

    private sealed record StageSettings(
        string ApiId, string Name, string DeploymentId, IReadOnlyDictionary<string, string> Variables,
        string? Description, bool Traced);

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
