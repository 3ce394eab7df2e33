using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tour;

/// <summary>Calls of AWS's APIs for which the application has no SDK.</summary>
internal sealed class SignedCalls(LocalHost host) : IDisposable
{
    private const string Lambda = "lambda";

    private readonly HttpClient client = new() { BaseAddress = host.Address };

    /// <summary>A call of Lambda's control plane.</summary>
    /// <param name="path">With the version of the API that it is of: <c>/2015-03-31/functions/…</c>.</param>
    /// <returns>The answer; an empty object where it has no body.</returns>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<JsonNode> LambdaAsync(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8);
        using var answer = await SendAsync(Lambda, request, cancellationToken);
        return await ReadAsync(Lambda, answer, cancellationToken);
    }

    /// <summary>Invokes a function, synchronously and with the tail of its log.</summary>
    /// <param name="function">With a qualifier behind a colon, or without.</param>
    public async Task<InvokeAnswer> InvokeAsync(string function, string payload, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/2015-03-31/functions/{function}/invocations")
        {
            Content = new StringContent(payload, Encoding.UTF8),
            Headers = { { "X-Amz-Log-Type", "Tail" } },
        };
        using var answer = await SendAsync(Lambda, request, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var log = answer.Headers.TryGetValues("X-Amz-Log-Result", out var tail)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(tail.Single()))
            : "";
        return new InvokeAnswer(
            (int)answer.StatusCode, JsonNode.Parse(body), log, TimeProvider.System.GetElapsedTime(begun));
    }

    /// <summary>A call in the protocol awsJson 1.1.</summary>
    /// <param name="service">The name that its calls are signed with.</param>
    /// <param name="action">With the service's prefix, as the header X-Amz-Target has it.</param>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public async Task<JsonNode> JsonAsync(
        string service, string action, JsonObject body, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.Add("X-Amz-Target", action);
        using var answer = await SendAsync(service, request, cancellationToken);
        return await ReadAsync(service, answer, cancellationToken);
    }

    public void Dispose() => client.Dispose();

    private Task<HttpResponseMessage> SendAsync(
        string service, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The host looks at whose call it is and for which service; signatures are not verified.
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential=tour/20260101/{host.Options.Region}/{service}/aws4_request, "
            + $"SignedHeaders=host, Signature={new string('0', 64)}");
        return client.SendAsync(request, cancellationToken);
    }

    private static async Task<JsonNode> ReadAsync(
        string service, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{service} answered {(int)answer.StatusCode}: {body}");
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }
}

/// <summary>What came back from a synchronous invocation.</summary>
/// <param name="Status">200, also where the function failed; 429 where it was throttled.</param>
/// <param name="LogTail">The last 4 KB of the invocation's log; empty where it did not run.</param>
/// <param name="Took">From the call to its answer.</param>
internal sealed record InvokeAnswer(int Status, JsonNode? Body, string LogTail, TimeSpan Took);
