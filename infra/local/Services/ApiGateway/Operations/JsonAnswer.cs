using System.Text.Json.Nodes;
using Isobar.Local.Services.ApiGateway.Mapping;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway.Operations;

/// <summary>What the control plane's reads have in common: parameters to refuse, a body to write.</summary>
internal static class JsonAnswer
{
    /// <exception cref="AwsException">BadRequestException: a parameter that no one read.</exception>
    public static void RefuseOthers(RestRequest request, params IReadOnlyList<string> known)
    {
        if (request.Http.Request.Query.Keys.FirstOrDefault(name => !known.Contains(name)) is { } other)
            throw ApiGatewayErrors.NotSupported(other);
    }

    public static async ValueTask WriteAsync(RestRequest request, JsonObject body)
    {
        var response = request.Http.Response;
        response.ContentType = "application/json";
        response.Headers["x-amzn-RequestId"] = request.Scope.RequestId;
        await response.Body.WriteAsync(JsonText.WriteBytes(body), request.Http.RequestAborted);
    }

    public static JsonObject Of(RestApi api)
    {
        var json = new JsonObject
        {
            ["id"] = api.Id,
            ["name"] = api.Name,
            ["createdDate"] = api.CreatedDate.ToUnixTimeSeconds(),
            ["apiKeySource"] = "HEADER",
            ["disableExecuteApiEndpoint"] = false,
            ["endpointConfiguration"] = new JsonObject { ["types"] = new JsonArray(api.EndpointType) },
        };
        if (api.Description is not null) json["description"] = api.Description;
        if (api.Definition.BinaryMediaTypes.Count > 0)
        {
            json["binaryMediaTypes"] =
                new JsonArray([.. api.Definition.BinaryMediaTypes.Select(type => (JsonNode)type)]);
        }

        return json;
    }
}
