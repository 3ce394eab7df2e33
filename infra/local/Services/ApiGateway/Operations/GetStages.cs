using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway.Operations;

/// <summary>Lists the stages of an API.</summary>
/// <remarks>Source: Amazon API Gateway REST API Reference, GetStages.</remarks>
internal static class GetStages
{
    /// <exception cref="AwsException">NotFoundException.</exception>
    public static ValueTask HandleAsync(Monitor<ApiGatewayState> apis, RestRequest request)
    {
        JsonAnswer.RefuseOthers(request, "deploymentId");
        var (id, deployment) = (request.Label, request.Query("deploymentId"));
        var stages = apis.Ask((state, _) => state.Stages(id))
            .Where(stage => deployment is null || stage.View.DeploymentId == deployment);
        return JsonAnswer.WriteAsync(
            request, new JsonObject { ["item"] = new JsonArray([.. stages.Select(stage => (JsonNode)Of(stage))]) });
    }

    private static JsonObject Of(ApiStage stage)
    {
        var json = new JsonObject
        {
            ["deploymentId"] = stage.View.DeploymentId,
            ["stageName"] = stage.View.Name,
            ["cacheClusterEnabled"] = false,
            ["cacheClusterStatus"] = "NOT_AVAILABLE",
            ["methodSettings"] = new JsonObject(),
            ["tracingEnabled"] = stage.TracingEnabled,
            ["createdDate"] = stage.CreatedDate.ToUnixTimeSeconds(),
            ["lastUpdatedDate"] = stage.CreatedDate.ToUnixTimeSeconds(),
        };
        if (stage.Description is not null) json["description"] = stage.Description;
        if (stage.View.Variables.Count > 0)
            json["variables"] = new JsonObject(
                stage.View.Variables.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        return json;
    }
}
