using Isobar.Local.Deployment;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>Reads the operations of paths.</summary>
/// <param name="security">The authorizer of operations that say nothing of their own.</param>
internal sealed class MethodReader(
    SchemaReader schemas, IReadOnlyDictionary<string, Authorizer> authorizers, Authorizer? security,
    ValidatorReader validators)
{
    public ApiMethod Read(string path, string httpMethod, PropertyReader operation)
    {
        foreach (var note in (string[])["operationId", "summary", "description", "tags", "deprecated", "externalDocs"])
            operation.OptionalJson(note);
        var validator = validators.Of(operation);
        var parameters = ReadParameters(operation, path);
        var models = ReadModels(operation);
        var integration = new IntegrationReader(
            operation.RequiredMap("x-amazon-apigateway-integration"), ReadResponses(operation)).Read();
        return new ApiMethod(path, httpMethod, integration)
        {
            RequiredParameters = validator.ChecksParameters ? parameters : [],
            Models = validator.ChecksBody ? models : new Dictionary<string, JsonSchema>(),
            Authorizer = SecurityReader.Read(operation, authorizers, security),
        };
    }

    /// <summary>The required ones; like AWS, only presence is checked, so their schemas are documentation.</summary>
    private static List<RequiredParameter> ReadParameters(PropertyReader operation, string path)
    {
        var required = new List<RequiredParameter>();
        foreach (var parameter in operation.OptionalList("parameters") ?? [])
        {
            var name = parameter.RequiredString("name");
            var location = parameter.RequiredString("in", "path", "query", "header");
            foreach (var note in (string[])["schema", "description", "example", "deprecated"])
                parameter.OptionalJson(note);
            if (location == "path" && !path.Contains($"{{{name}}}") && !path.Contains($"{{{name}+}}"))
                parameter.Refuse("name", $"must be a parameter of the path {path}");
            if (parameter.OptionalBoolean("required") is true)
                required.Add(new RequiredParameter(location == "query" ? "querystring" : location, name));
        }

        return required;
    }

    private Dictionary<string, JsonSchema> ReadModels(PropertyReader operation)
    {
        var models = new Dictionary<string, JsonSchema>(StringComparer.OrdinalIgnoreCase);
        if (operation.OptionalMap("requestBody") is not { } body) return models;
        body.OptionalString("description");
        body.OptionalBoolean("required");
        var content = body.OptionalMap("content");
        foreach (var mediaType in content?.Names.ToArray() ?? [])
        {
            if (content!.OptionalMap(mediaType) is not { } entry) continue;
            entry.OptionalJson("example");
            entry.OptionalJson("examples");
            if (entry.OptionalMap("schema") is { } schema) models[mediaType] = schemas.Read(schema);
        }

        return models;
    }

    /// <summary>The headers of each response, by status.</summary>
    private static Dictionary<string, IReadOnlyList<string>> ReadResponses(PropertyReader operation)
    {
        var declared = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var responses = operation.OptionalMap("responses");
        foreach (var status in responses?.Names.ToArray() ?? [])
        {
            if (responses!.OptionalMap(status) is not { } response) continue;
            response.OptionalJson("description");
            response.OptionalJson("content");
            var headers = response.OptionalMap("headers");
            declared[status] = headers?.Names.ToArray() ?? [];
            foreach (var name in declared[status]) headers!.OptionalJson(name);
        }

        return declared;
    }
}
