using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;

namespace Isobar.Api;

/// <summary>
/// Makes answers of bodies and problems. They are the plain responses of the proxy integration: what Annotations makes
/// of results goes through Lambda's serializer, which has its own idea of names, and what it makes of parameters that
/// do not parse is no problem document.
/// </summary>
/// <param name="allowedOrigin">The site whose pages may read answers, or <c>*</c>.</param>
public sealed class Answers(string allowedOrigin)
{
    internal APIGatewayProxyResponse Of<TBody>(HttpStatusCode status, TBody body, JsonTypeInfo<TBody> type) =>
        Of(status, "application/json", JsonSerializer.Serialize(body, type));

    /// <param name="detail">For the client's eyes: what is wrong, not what it sent.</param>
    /// <param name="retryAfter">When the same request may fare better, if ever.</param>
    public APIGatewayProxyResponse Problem(
        APIGatewayProxyRequest request, HttpStatusCode status, string detail, TimeSpan? retryAfter = null)
    {
        var title = status switch
        {
            HttpStatusCode.BadRequest => "Bad Request",
            HttpStatusCode.NotFound => "Not Found",
            HttpStatusCode.Conflict => "Conflict",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No problem of this API."),
        };
        var problem = new Problem(
            "about:blank", title, (int)status, detail, $"urn:uuid:{request.RequestContext.RequestId}");
        var answer = Of(
            status, "application/problem+json", JsonSerializer.Serialize(problem, BodiesJson.Default.Problem));
        if (retryAfter is { } time) answer.Headers["Retry-After"] = $"{(int)time.TotalSeconds}";
        return answer;
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
