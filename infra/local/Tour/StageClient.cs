using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tour;

/// <summary>The application's API as its clients see it, with the <c>curl</c> line that does the same.</summary>
internal sealed class StageClient(Uri stage, string token) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = stage };

    /// <summary>Where the paths begin; ends in a slash.</summary>
    public Uri Address => stage;

    public Task<StageAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    /// <param name="signed">Whether the call shows its token.</param>
    public Task<StageAnswer> PostAsync(
        string path, JsonNode body, CancellationToken cancellationToken, bool signed = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (signed) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return SendAsync(request, cancellationToken);
    }

    /// <summary>The command line of a call, as a person would type it.</summary>
    public static string Curl(string path, JsonObject? body = null) => body is null
        ? $"curl $API/{path}"
        : $"curl $API/{path} -H \"Authorization: Bearer $TOKEN\" --json '{body.ToJsonString()}'";

    public void Dispose() => client.Dispose();

    private async Task<StageAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using (request)
        using (var answer = await client.SendAsync(request, cancellationToken))
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            return new StageAnswer(
                (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "",
                body.Length == 0 ? null : JsonNode.Parse(body), TimeProvider.System.GetElapsedTime(begun));
        }
    }
}

/// <param name="Took">From the call to its answer.</param>
internal sealed record StageAnswer(int Status, string MediaType, JsonNode? Body, TimeSpan Took)
{
    public bool IsProblem(int status) => Status == status && MediaType == "application/problem+json";

    /// <summary>A text of the body; null where the path leads nowhere.</summary>
    public string? Text(string name) => (string?)Body?[name];
}
