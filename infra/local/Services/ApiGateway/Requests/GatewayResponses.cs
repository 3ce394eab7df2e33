using System.Text.Json.Nodes;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>Writes the gateway's own errors with the API's gateway responses.</summary>
/// <remarks>Source: API Gateway Developer Guide, "Gateway responses in API Gateway".</remarks>
internal static class GatewayResponses
{
    private static readonly MappingTemplate Usual =
        MappingTemplate.ParsePlain("{\"message\":$context.error.messageString}");

    // As reported by users of AWS: only this body has a capital M.
    private static readonly MappingTemplate Denied =
        MappingTemplate.ParsePlain("{\"Message\":$context.error.messageString}");

    /// <param name="error">What happened.</param>
    /// <param name="request">As far as it was read.</param>
    public static GatewayAnswer Answer(GatewayError error, GatewayRequest request)
    {
        var own = request.Stage.Definition.GatewayResponses.GetValueOrDefault(error.Type);
        var fallback = request.Stage.Definition.GatewayResponses.GetValueOrDefault(error.Fallback);
        var chosen = own ?? fallback;
        var scope = Scope(error, request);
        var status = own?.StatusCode ?? fallback?.StatusCode ?? error.Status;
        var headers = (chosen?.Headers ?? [])
            .Select(header => KeyValuePair.Create(header.Name, header.Source.Read(scope) ?? ""))
            .Where(header => header.Value.Length > 0)
            .ToList();
        headers.Add(new("x-amzn-ErrorType", error.ErrorType));
        var (mediaType, template) = Template(error, chosen, request);
        var body = template.Evaluate(scope);
        var mapped = headers.FindIndex(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));
        if (mapped >= 0)
        {
            mediaType = headers[mapped].Value;
            headers.RemoveAt(mapped);
        }

        var answer = GatewayAnswer.Of(status, mediaType, body, headers);
        return answer.IsSendable ? answer : GatewayAnswer.Of(status, "application/json", body);
    }

    /// <summary>The template for what the client accepts, else JSON's, else the first.</summary>
    private static (string MediaType, MappingTemplate Template) Template(
        GatewayError error, GatewayResponse? response, GatewayRequest request)
    {
        if (response is null || response.Templates.Count == 0)
            return ("application/json", error.Type == GatewayError.AccessDeniedType ? Denied : Usual);
        var templates = response.Templates;
        var mediaType = templates.ContainsKey(request.Accepts) ? request.Accepts
            : templates.ContainsKey("application/json") ? "application/json"
            : templates.Keys.First();
        return (mediaType, templates[mediaType]);
    }

    private static TemplateScope Scope(GatewayError error, GatewayRequest request)
    {
        var context = (JsonObject)request.Context.DeepClone();
        context["error"] = new JsonObject
        {
            ["message"] = error.Message,
            ["messageString"] = error.Message is null ? "null" : JsonText.Write(error.Message),
            ["responseType"] = error.Type,
            ["validationErrorString"] = error.ValidationError ?? error.Message,
        };
        return new TemplateScope(context, request.Stage.Variables, request, "");
    }
}
