using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Stories.Api;

/// <summary>The API as its clients see it: HTTP and JSON.</summary>
internal sealed class ApiClient(Uri stage) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = stage };

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <param name="authorization">The whole header; null for none.</param>
    public Task<ApiAnswer> PostAsync(
        string path, string body, string? authorization, string mediaType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType)),
        };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return SendAsync(request);
    }

    public void Dispose() => client.Dispose();

    private async Task<ApiAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var answer = await client.SendAsync(request))
        {
            return new ApiAnswer(
                (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "",
                await answer.Content.ReadAsStringAsync(),
                answer.Headers.ToDictionary(
                    header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase));
        }
    }
}

internal sealed record ApiAnswer(
    int Status, string MediaType, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body of an answer with this status.</summary>
    public JsonNode Expect(int status)
    {
        Assert.True(Status == status, $"{Status}: {Body}");
        Assert.Equal("application/json", MediaType);
        return JsonNode.Parse(Body)!;
    }

    /// <summary>A problem document, for the status and for this very request.</summary>
    public void ExpectProblem(int status)
    {
        Assert.True(Status == status, $"{Status}: {Body}");
        Assert.Equal("application/problem+json", MediaType);
        var problem = JsonNode.Parse(Body)!;
        Assert.Equal(("about:blank", status), ((string?)problem["type"], (int?)problem["status"]));
        Assert.NotEmpty((string)problem["title"]!);
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.Equal($"urn:uuid:{Headers["x-amzn-RequestId"]}", (string?)problem["instance"]);
        Assert.Equal("*", Headers["Access-Control-Allow-Origin"]);
    }
}
