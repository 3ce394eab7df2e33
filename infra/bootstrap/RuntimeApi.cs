using System.Globalization;
using System.Net.Http.Headers;

namespace Isobar.Bootstrap;

/// <summary>The Runtime API's side of a runtime.</summary>
/// <remarks>Source: Lambda developer guide, "Using the Lambda runtime API".</remarks>
internal sealed class RuntimeApi : IDisposable
{
    private const string ErrorType = "Lambda-Runtime-Function-Error-Type";

    private readonly HttpClient client;

    public RuntimeApi(string address) => client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://{address}/2018-06-01/runtime/"),
        // The process may be frozen while it waits.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<Invocation> NextAsync()
    {
        using var answer = await client.GetAsync("invocation/next");
        answer.EnsureSuccessStatusCode();
        return new Invocation(
            Header(answer, "Lambda-Runtime-Aws-Request-Id")!,
            DateTimeOffset.FromUnixTimeMilliseconds(
                long.Parse(Header(answer, "Lambda-Runtime-Deadline-Ms")!, CultureInfo.InvariantCulture)),
            Header(answer, "Lambda-Runtime-Invoked-Function-Arn")!,
            Header(answer, "Lambda-Runtime-Trace-Id"),
            new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
    }

    public Task RespondAsync(string requestId, MemoryStream response) =>
        PostAsync($"invocation/{requestId}/response", response.ToArray(), "application/json", null);

    public Task FailAsync(string requestId, Exception error) =>
        PostErrorAsync($"invocation/{requestId}/error", error);

    public Task FailInitAsync(Exception error) => PostErrorAsync("init/error", error);

    public void Dispose() => client.Dispose();

    private Task PostErrorAsync(string path, Exception error) =>
        PostAsync(path, ErrorDocument.Of(error), "application/vnd.aws.lambda.error+json", error.GetType().Name);

    private async Task PostAsync(string path, byte[] body, string type, string? error)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (error is not null) request.Headers.TryAddWithoutValidation(ErrorType, error);
        using var answer = await client.SendAsync(request);
        // 413: the response was too large; Lambda has told the caller, and the runtime goes on.
        if (answer.StatusCode != System.Net.HttpStatusCode.RequestEntityTooLarge) answer.EnsureSuccessStatusCode();
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : null;
}

/// <summary>What <c>next</c> gave.</summary>
internal sealed record Invocation(
    string RequestId, DateTimeOffset Deadline, string FunctionArn, string? TraceId, MemoryStream Payload) : IDisposable
{
    public void Dispose() => Payload.Dispose();
}
