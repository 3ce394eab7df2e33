using Isobar.Local.Deployment;
using Isobar.Local.Services.ApiGateway.Mapping;
using Isobar.Local.Services.ApiGateway.Requests;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>Reads an OpenAPI 3.0 document with API Gateway's extensions.</summary>
/// <remarks>Source: API Gateway Developer Guide, "OpenAPI extensions for API Gateway".</remarks>
internal static class OpenApiReader
{
    private static readonly string[] MethodNames =
        ["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"];

    /// <exception cref="DeploymentException">Something it must have is absent.</exception>
    public static ApiDefinition Read(PropertyReader document)
    {
        ReadProlog(document);
        var components = document.OptionalMap("components");
        var schemas = new SchemaReader(components?.OptionalMap("schemas"));
        schemas.ReadComponents();
        var authorizers = AuthorizerReader.ReadAll(components?.OptionalMap("securitySchemes"));
        var security = SecurityReader.Read(document, authorizers, null);
        var validators = ValidatorReader.Read(document);
        var methods = new MethodReader(schemas, authorizers, security, validators);
        var paths = document.RequiredMap("paths");
        var definition = new ApiDefinition(
            [.. paths.Names.ToArray().SelectMany(path => ReadPath(paths, path, methods))],
            ReadGatewayResponses(document.OptionalMap("x-amazon-apigateway-gateway-responses")),
            document.OptionalStringList("x-amazon-apigateway-binary-media-types") ?? []);
        foreach (var error in RouteTable.Errors(definition.Methods)) document.Refuse("paths", error);
        return definition;
    }

    private static void ReadProlog(PropertyReader document)
    {
        if (!document.RequiredString("openapi").StartsWith("3.0.", StringComparison.Ordinal))
            document.Refuse("openapi", "must be 3.0.x");
        // Documentation, which changes nothing anywhere.
        document.OptionalJson("info");
        document.OptionalJson("tags");
        document.OptionalJson("externalDocs");
    }

    private static IEnumerable<ApiMethod> ReadPath(PropertyReader paths, string path, MethodReader methods)
    {
        if (paths.OptionalMap(path) is not { } item) yield break;
        item.OptionalString("summary");
        item.OptionalString("description");
        foreach (var name in MethodNames)
        {
            if (item.OptionalMap(name) is not { } operation) continue;
            var httpMethod = name.StartsWith('x') ? ApiMethod.Any : name.ToUpperInvariant();
            yield return methods.Read(path, httpMethod, operation);
        }
    }

    private static Dictionary<string, GatewayResponse> ReadGatewayResponses(PropertyReader? map)
    {
        var responses = new Dictionary<string, GatewayResponse>(StringComparer.Ordinal);
        foreach (var type in map?.Names.ToArray() ?? [])
        {
            if (map!.OptionalMap(type) is not { } response) continue;
            if (!GatewayError.Types.Contains(type))
                map.Refuse(type, $"is no gateway response; supported are {string.Join(", ", GatewayError.Types)}");
            responses[type] = new GatewayResponse(
                response.OptionalInt32("statusCode", 200, 599),
                MappingReader.Headers(response, "gatewayresponse.header.", isResponse: false),
                MappingReader.Templates(response, "responseTemplates", MappingTemplate.ParsePlain));
        }

        return responses;
    }
}
