using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API, version 2018-06-01, over one kept-alive connection.</summary>
/// <exception cref="RuntimeApiClientException">The API answered with anything but success.</exception>
internal sealed class RuntimeApi : IDisposable
{
    private const int MaxHeaderBytes = 1024 * 1024;
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly HttpClient client;
    private readonly string root;

    /// <param name="endpoint">host:port.</param>
    public RuntimeApi(string endpoint)
    {
        root = $"http://{endpoint}/2018-06-01/runtime/";

        // The process is frozen while it waits, so the client must not give up. Headers may hold any text.
        var handler = new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            UseProxy = false,
            UseCookies = false,
        };
        client = new HttpClient(handler) { Timeout = TimeSpan.FromHours(12) };
        var version = typeof(RuntimeApi).Assembly.GetName().Version;
        client.DefaultRequestHeaders.TryAddWithoutValidation(
            "User-Agent", $"aws-lambda-dotnet/{Environment.Version}-{version}");
    }

    public async Task<(MemoryStream Input, InvocationHeaders Headers)> NextAsync(CancellationToken cancellationToken)
    {
        var uri = root + "invocation/next";
        using var response = await client.GetAsync(uri, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await RefusedAsync(response).ConfigureAwait(false);
        }

        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return (new MemoryStream(body), InvocationHeaders.Read(response.Headers));
    }

    public Task RespondAsync(string requestId, Stream output, CancellationToken cancellationToken)
    {
        HttpContent content = output is null ? new ByteArrayContent([]) : new StreamContent(output);
        content.Headers.ContentType = Json;
        return PostAsync($"invocation/{Uri.EscapeDataString(requestId)}/response", content, null, cancellationToken);
    }

    public Task ReportErrorAsync(string requestId, Exception error, CancellationToken cancellationToken) =>
        PostErrorAsync(
            $"invocation/{Uri.EscapeDataString(requestId)}/error", error,
            headers =>
            {
                headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", error.GetType().Name);
                var cause = ErrorDocument.WriteXRayCause(error);
                if (cause.Length < MaxHeaderBytes)
                {
                    headers.TryAddWithoutValidation("Lambda-Runtime-Function-XRay-Error-Cause", cause);
                }
            },
            cancellationToken);

    public Task ReportInitErrorAsync(Exception error) =>
        PostErrorAsync("init/error", error, null, CancellationToken.None);

    public void Dispose() => client.Dispose();

    private static ByteArrayContent ErrorBody(Exception error)
    {
        var content = new ByteArrayContent(ErrorDocument.Write(error));
        content.Headers.ContentType = ErrorJson;
        return content;
    }

    /// <summary>The acknowledgement of an error is read, as the real client does: it must be JSON.</summary>
    private async Task PostErrorAsync(
        string path, Exception error, Action<HttpRequestHeaders> addHeaders, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(path, ErrorBody(error), addHeaders, cancellationToken).ConfigureAwait(false);
        try
        {
            using var status = JsonDocument.Parse(answer);
        }
        catch (JsonException e)
        {
            throw new RuntimeApiClientException($"The Runtime API acknowledged an error without JSON: {e.Message}");
        }
    }

    private async Task<string> PostAsync(
        string path, HttpContent content, Action<HttpRequestHeaders> addHeaders, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, root + path) { Content = content };
        addHeaders?.Invoke(request.Headers);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            throw await RefusedAsync(response).ConfigureAwait(false);
        }

        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<RuntimeApiClientException> RefusedAsync(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
        return new RuntimeApiClientException($"The Runtime API answered {status}: {body}");
    }
}

/// <summary>What the Runtime API says of an invocation in the headers of <c>next</c>; absent ones are null.</summary>
internal sealed record InvocationHeaders(
    string RequestId,
    string TraceId,
    string TenantId,
    string Arn,
    long DeadlineMs,
    string ClientContext,
    string Identity)
{
    public static InvocationHeaders Read(HttpResponseHeaders headers)
    {
        string Value(string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
        return new(
            Value("Lambda-Runtime-Aws-Request-Id")
                ?? throw new RuntimeApiClientException("The Runtime API sent an event without a request id."),
            Value("Lambda-Runtime-Trace-Id"),
            Value("Lambda-Runtime-Aws-Tenant-Id"),
            Value("Lambda-Runtime-Invoked-Function-Arn"),
            long.TryParse(Value("Lambda-Runtime-Deadline-Ms"), out var deadline) ? deadline : 0,
            Value("Lambda-Runtime-Client-Context"),
            Value("Lambda-Runtime-Cognito-Identity"));
    }
}

/// <summary>An answer of the Runtime API that a runtime can't go on from.</summary>
internal sealed class RuntimeApiClientException(string message) : Exception(message);
