using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.ApiGateway.Definition;

namespace Isobar.Local.Services.ApiGateway;

/// <summary>Creates <c>AWS::ApiGateway::RestApi</c>: Ref gives the id.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::ApiGateway::RestApi.</remarks>
internal static class RestApiProvider
{
    public const string Type = "AWS::ApiGateway::RestApi";

    private const string EndpointTypes = "endpointConfigurationTypes";

    /// <exception cref="DeploymentException">
    /// A property, or a part of the Body, is not supported or not valid.
    /// </exception>
    /// <exception cref="Wire.AwsException">What the API would answer.</exception>
    public static DeployedResource Create(Monitor<ApiGatewayState> apis, ResourceDeclaration declaration)
    {
        var api = Read(declaration);
        apis.Post((state, now) => state.Add(api with { CreatedDate = now }));
        return Deployed(declaration, api.Id);
    }

    /// <summary>Changes an API, which shows at its stages after the next deployment.</summary>
    /// <exception cref="DeploymentException">
    /// A property, or a part of the Body, is not supported or not valid.
    /// </exception>
    /// <exception cref="Wire.AwsException">What the API would answer.</exception>
    public static DeployedResource Change(Monitor<ApiGatewayState> apis, ResourceDeclaration declaration)
    {
        var api = Read(declaration);
        apis.Post((state, _) => state.Replace(api));
        return Deployed(declaration, api.Id);
    }

    private static RestApi Read(ResourceDeclaration declaration)
    {
        var (properties, stack) = (declaration.Properties, declaration.Stack);
        var name = properties.OptionalString("Name");
        var description = properties.OptionalString("Description");
        var endpoint = ReadEndpoint(properties);
        var binary = properties.OptionalStringList("BinaryMediaTypes") ?? [];
        properties.Inert("Tags", "tags are neither shown nor used for permissions");
        properties.Inert("FailOnWarnings", "everything that is not supported fails");
        var definition = OpenApiReader.Read(properties.RequiredMap("Body"));
        properties.Finish();
        // CloudFormation writes the slash of a media type as JSON pointers do.
        var types = binary.Select(type => type.Replace("~1", "/", StringComparison.Ordinal));
        definition = definition with { BinaryMediaTypes = [.. definition.BinaryMediaTypes.Union(types)] };
        var id = StageView.Id(10, stack.StackId, declaration.LogicalId
            + (stack.Generation == 0 ? "" : $"\n{stack.Generation}"));
        return new RestApi(
            id, name ?? declaration.LogicalId, description, endpoint, default, stack.AccountId, stack.Region,
            stack.Partition, definition);
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, string id) => new(
        declaration.LogicalId, Type, id, id, new Dictionary<string, string>
        {
            ["RestApiId"] = id,
            ["RootResourceId"] = StageView.Id(6, id, "/"),
        });

    private static string ReadEndpoint(PropertyReader properties)
    {
        var parameters = properties.OptionalMap("Parameters");
        var configuration = properties.OptionalMap("EndpointConfiguration");
        var types = configuration?.OptionalStringList("Types") ?? [];
        var type = parameters?.OptionalString(EndpointTypes, "REGIONAL", "EDGE");
        if (types is not ([] or ["REGIONAL"] or ["EDGE"]))
            configuration!.Refuse("Types", "must be [REGIONAL] or [EDGE]; private APIs are not supported");
        parameters?.Inert(EndpointTypes, "the host has one address");
        configuration?.Inert("Types", "the host has one address");
        return types is [var declared] ? declared : type ?? "EDGE";
    }
}
