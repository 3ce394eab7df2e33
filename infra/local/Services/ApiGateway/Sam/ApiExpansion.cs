using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.ApiGateway.Sam;

/// <summary>Replaces an <c>AWS::Serverless::Api</c> by an API, its deployment and its stage.</summary>
internal sealed class ApiExpansion(SamResource declared)
{
    public const string ApiType = "AWS::Serverless::Api";

    /// <summary>
    /// Properties that an API can have; what the transform would write into the body is not among them.
    /// </summary>
    public static readonly IReadOnlyList<string> Supported =
    [
        "Name", "Description", "StageName", "DefinitionBody", "OpenApiVersion", "EndpointConfiguration",
        "BinaryMediaTypes", "Variables", "TracingEnabled", "AccessLogSetting", "AlwaysDeploy", "MethodSettings",
        "Tags",
    ];

    /// <summary>Properties SAM never takes from Globals.</summary>
    public static readonly IReadOnlyList<string> PerApi = ["StageName", "DefinitionBody", "Description", "Tags"];

    private const string BinaryTypes = "x-amazon-apigateway-binary-media-types";

    private readonly ResourceEntry api = declared.Entry;
    private readonly ResourceTable resources = declared.Resources;
    private readonly ErrorList errors = declared.Errors;
    private readonly NodeBuilder at = new(declared.Entry.Location);
    private readonly NodeReader reader = new(declared.Errors, declared.Entry.LogicalId);

    public void Expand()
    {
        reader.OnlyKeys(api.Properties, Supported);
        if (reader.Map(api.Properties, "DefinitionBody") is not { } body)
        {
            errors.Add(api.Location, api.LogicalId, "an API must have a DefinitionBody");
            return;
        }

        if (reader.Text(api.Properties, "StageName") is not { Text.Length: > 0 } stage)
        {
            errors.Add(api.Location, api.LogicalId, "StageName must be a string, not a function");
            return;
        }

        body = WithBinaryTypes(body);
        resources.Replace(api with { Type = RestApiProvider.Type, Properties = RestApi(body), Metadata = null });
        var deploymentId = api.LogicalId + "Deployment" + GeneratedId.Hash(TemplateJson.Of(body).ToJsonString());
        resources.Add(Generated(deploymentId, StageProvider.DeploymentType, Deployment(body)));
        resources.Add(Generated(
            GeneratedId.OfStage(api.LogicalId, stage.Text, "Stage"), StageProvider.StageType,
            Stage(stage, deploymentId)));
        if (api.Metadata is { } metadata) AddInert(metadata.Location, "Metadata", "nothing is built for an API");
        if (api.Properties.Find("AlwaysDeploy") is { } always)
            AddInert(always.KeyLocation, "AlwaysDeploy", "every start of the host deploys the API anew");
    }

    private void AddInert(SourceLocation location, string property, string why) =>
        declared.Inert.Add(new InertSetting(location, api.LogicalId, property, why));

    private TemplateMapping RestApi(TemplateMapping body)
    {
        TemplateMapping? parameters = null, configuration = null;
        if (reader.Map(api.Properties, "EndpointConfiguration") is { } endpoint)
        {
            reader.OnlyKeys(endpoint, "Type");
            if (endpoint.Find("Type") is { } type)
            {
                parameters = at.Map(("endpointConfigurationTypes", type.Value));
                configuration = at.Map(("Types", at.List(type.Value)));
            }
        }

        return KeepKeyLocations(at.Map(
            ("Body", body), ("Description", Value("Description")), ("Name", Value("Name")), ("Parameters", parameters),
            ("EndpointConfiguration", configuration), ("BinaryMediaTypes", Value("BinaryMediaTypes"))));
    }

    /// <summary>SAM writes the media types into the body too, with real slashes.</summary>
    private TemplateMapping WithBinaryTypes(TemplateMapping body)
    {
        var types = reader.Texts(api.Properties, "BinaryMediaTypes");
        var names = types.Select(type => type.Text.Replace("~1", "/", StringComparison.Ordinal));
        return types.Count == 0 ? body : body.With(BinaryTypes, at.Texts(names));
    }

    private TemplateMapping Deployment(TemplateMapping body) => at.Map(
        ("Description", at.Text($"RestApi deployment id: {GeneratedId.Hash(TemplateJson.Of(body).ToJsonString())}")),
        ("RestApiId", at.Ref(api.LogicalId)),
        // SAM's old default: an API that names no OpenApiVersion gets a second stage, called Stage.
        ("StageName", Value("OpenApiVersion") is null ? at.Text("Stage") : null));

    private TemplateMapping Stage(TemplateScalar name, string deploymentId)
    {
        var tags = reader.Map(api.Properties, "Tags");
        return KeepKeyLocations(at.Map(
            ("AccessLogSetting", Value("AccessLogSetting")), ("DeploymentId", at.Ref(deploymentId)),
            ("RestApiId", at.Ref(api.LogicalId)), ("StageName", name),
            ("Tags", tags is null
                ? null
                : at.List(tags.Entries.Select(tag => at.Map(("Key", at.Text(tag.Key)), ("Value", tag.Value))))),
            ("TracingEnabled", Value("TracingEnabled")), ("Variables", Value("Variables")),
            ("MethodSettings", Value("MethodSettings"))));
    }

    private TemplateNode? Value(string name) => api.Properties.Find(name)?.Value;

    private TemplateMapping KeepKeyLocations(TemplateMapping made) => made with
    {
        Entries = [.. made.Entries.Select(entry => entry with
        {
            KeyLocation = api.Properties.Find(entry.Key == "Body" ? "DefinitionBody" : entry.Key)?.KeyLocation
                ?? entry.KeyLocation,
        })],
    };

    private ResourceEntry Generated(string logicalId, string type, TemplateMapping properties) =>
        new(logicalId, api.Location, type, properties)
        {
            Condition = api.Condition,
            DeletionPolicy = api.DeletionPolicy,
            UpdateReplacePolicy = api.UpdateReplacePolicy,
        };
}
