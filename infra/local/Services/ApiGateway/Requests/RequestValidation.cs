using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>Does what a request validator asks for.</summary>
/// <remarks>Source: API Gateway Developer Guide, "Request validation for REST APIs in API Gateway".</remarks>
internal static class RequestValidation
{
    /// <exception cref="GatewayException">BAD_REQUEST_PARAMETERS, then BAD_REQUEST_BODY.</exception>
    public static void Check(GatewayRequest request)
    {
        var missing = request.Method.RequiredParameters
            .OrderBy(parameter => $"{parameter.Location}.{parameter.Name}", StringComparer.Ordinal)
            .Where(parameter => string.IsNullOrEmpty(request.Find(parameter.Location, parameter.Name)))
            .Select(parameter => parameter.Name)
            .ToArray();
        if (missing.Length > 0) throw new GatewayException(GatewayError.MissingParameters(missing));
        // A media type without a model is not checked, on AWS too; passthroughBehavior refuses it.
        if (!request.Method.Models.TryGetValue(request.MediaType, out var model)) return;
        if (!JsonText.TryParse(request.Body.Span, out var body))
            throw new GatewayException(GatewayError.InvalidBody("Unable to parse the request body as JSON"));
        if (model.Check(body) is { } error) throw new GatewayException(GatewayError.InvalidBody(error));
    }
}
