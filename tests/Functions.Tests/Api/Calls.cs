using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;

namespace Isobar.Functions.Tests.Api;

/// <summary>Requests as the gateway hands them over, and what is asserted of every answer.</summary>
internal static class Calls
{
    public const string RequestId = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";

    public static readonly Isobar.Api.Responses Responses = new("https://site.example");

    public static APIGatewayProxyRequest Request(
        string? body = null, params (string Name, string Value)[] query) => new()
    {
        Body = body!,
        QueryStringParameters = query.Length == 0 ? null! : query.ToDictionary(pair => pair.Name, pair => pair.Value),
        RequestContext = new APIGatewayProxyRequest.ProxyRequestContext { RequestId = RequestId },
    };

    public static JsonNode AssertAnswer(APIGatewayProxyResponse answer, int status)
    {
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {answer.Body}");
        Assert.Equal("application/json", answer.Headers["Content-Type"]);
        Assert.Equal("https://site.example", answer.Headers["Access-Control-Allow-Origin"]);
        return JsonNode.Parse(answer.Body)!;
    }

    public static void AssertProblem(APIGatewayProxyResponse answer, int status, string title)
    {
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {answer.Body}");
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        var problem = JsonNode.Parse(answer.Body)!;
        Assert.Equal(
            ("about:blank", title, status, $"urn:uuid:{RequestId}"),
            ((string?)problem["type"], (string?)problem["title"], (int)problem["status"]!,
                (string?)problem["instance"]));
        Assert.NotEmpty((string)problem["detail"]!);
    }
}
