using System.Text.Json.Nodes;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>The events that functions and authorizers are given.</summary>
/// <remarks>
/// Source: API Gateway Developer Guide, "Input format of a Lambda function for proxy integration" and "Input to an API
/// Gateway Lambda authorizer"; order and nulls as recorded.
/// </remarks>
internal static class ProxyEvent
{
    /// <summary>Payload format 1.0.</summary>
    public static byte[] Write(GatewayRequest request)
    {
        var isBinary = request.Body.Length > 0 && request.IsBinary(request.MediaType);
        var document = Describe(request);
        document["body"] = request.Body.Length == 0 ? null
            : isBinary ? Convert.ToBase64String(request.Body.Span)
            : request.Text;
        document["isBase64Encoded"] = isBinary;
        return JsonText.WriteBytes(document);
    }

    /// <summary>What a request authorizer is given: no body, and empty maps in place of nulls.</summary>
    public static byte[] WriteForAuthorizer(GatewayRequest request, string methodArn)
    {
        var document = new JsonObject { ["type"] = "REQUEST", ["methodArn"] = methodArn };
        foreach (var (name, value) in Describe(request)) document[name] = value?.DeepClone() ?? new JsonObject();
        return JsonText.WriteBytes(document);
    }

    private static JsonObject Describe(GatewayRequest request) => new()
    {
        ["resource"] = request.Method.ResourcePath,
        ["path"] = request.Path,
        ["httpMethod"] = request.HttpMethod,
        ["headers"] = request.All("header"),
        ["multiValueHeaders"] = Multi(request.Headers),
        ["queryStringParameters"] = request.Query.Count > 0 ? request.All("querystring") : null,
        ["multiValueQueryStringParameters"] = request.Query.Count > 0 ? Multi(request.Query) : null,
        ["pathParameters"] = request.PathParameters.Count > 0 ? request.All("path") : null,
        ["stageVariables"] = request.Stage.Variables.Count > 0
            ? new JsonObject(request.Stage.Variables.Select(
                entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)))
            : null,
        ["requestContext"] = request.Context.DeepClone(),
    };

    private static JsonObject Multi(IReadOnlyList<NamedValues> all) => new(all.Select(entry =>
        KeyValuePair.Create(entry.Name, (JsonNode?)new JsonArray([.. entry.Values.Select(value => (JsonNode)value)]))));
}
