using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;

namespace Isobar.Api;

/// <summary>
/// Makes the responses of the proxy integration: JSON bodies and problem documents. The results of Annotations are not
/// used, because they go through Lambda's serializer, which ignores our naming policy, and because their response to a
/// parameter that does not parse is not a problem document.
/// </summary>
/// <param name="allowedOrigin">The site whose pages may read responses, or <c>*</c>.</param>
public sealed class Responses(string allowedOrigin)
{
    internal APIGatewayProxyResponse Of<TBody>(HttpStatusCode status, TBody body, JsonTypeInfo<TBody> type) =>
        Of(status, "application/json", JsonSerializer.Serialize(body, type));

    /// <param name="detail">What is wrong, for the client; it never repeats what the client sent.</param>
    /// <param name="retryAfter">When the same request may succeed; null if it never will.</param>
    public APIGatewayProxyResponse Problem(
        APIGatewayProxyRequest request, HttpStatusCode status, string detail, TimeSpan? retryAfter = null) =>
        Problem(request, status, detail, errors: null, retryAfter);

    /// <param name="errors">What is wrong with which items of a list; null where it is not about items.</param>
    internal APIGatewayProxyResponse Problem(
        APIGatewayProxyRequest request, HttpStatusCode status, string detail, IReadOnlyList<ItemError>? errors,
        TimeSpan? retryAfter = null)
    {
        var title = status switch
        {
            HttpStatusCode.BadRequest => "Bad Request",
            HttpStatusCode.NotFound => "Not Found",
            HttpStatusCode.Conflict => "Conflict",
            HttpStatusCode.RequestEntityTooLarge => "Content Too Large",
            HttpStatusCode.ServiceUnavailable => "Service Unavailable",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This API has no such problem."),
        };
        var problem = new Problem(
            "about:blank", title, (int)status, detail, $"urn:uuid:{request.RequestContext.RequestId}",
            errors);
        var response = Of(
            status, "application/problem+json", JsonSerializer.Serialize(problem, BodiesJson.Default.Problem));
        if (retryAfter is { } time) response.Headers["Retry-After"] = $"{(int)time.TotalSeconds}";
        return response;
    }

    private APIGatewayProxyResponse Of(HttpStatusCode status, string mediaType, string body) => new()
    {
        StatusCode = (int)status,
        Headers = new Dictionary<string, string>
        {
            ["Content-Type"] = mediaType,
            ["Cache-Control"] = "no-store",
            ["Access-Control-Allow-Origin"] = allowedOrigin,
        },
        Body = body,
    };
}
