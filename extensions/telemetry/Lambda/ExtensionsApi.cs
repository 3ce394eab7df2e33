using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Isobar.Telemetry.Lambda;

/// <summary>Lambda answered a call with an error.</summary>
internal sealed class LambdaException(string message) : Exception(message);

/// <summary>An event of the Extensions API: INVOKE or SHUTDOWN.</summary>
/// <param name="Deadline">When the invocation or the shutdown must be over.</param>
internal sealed record ExtensionEvent(bool IsShutdown, DateTimeOffset Deadline);

/// <summary>The calls of the Extensions and Telemetry APIs that this extension makes.</summary>
/// <remarks>Source: Lambda developer guide, "Extensions API" and "Telemetry API reference".</remarks>
internal sealed class ExtensionsApi(HttpClient http, string address)
{
    private const string Prefix = "2020-01-01/extension/";
    private string? identifier;

    /// <summary>Registers for INVOKE and SHUTDOWN.</summary>
    /// <param name="name">Must be the name of the file that Lambda started.</param>
    /// <returns>The function's name.</returns>
    public async Task<string> RegisterAsync(string name)
    {
        using var request = Request(HttpMethod.Post, Prefix + "register", writer =>
        {
            writer.WriteStartArray("events");
            writer.WriteStringValue("INVOKE");
            writer.WriteStringValue("SHUTDOWN");
            writer.WriteEndArray();
        });
        request.Headers.Add("Lambda-Extension-Name", name);
        using var response = await SendAsync(request);
        identifier = response.Headers.GetValues("Lambda-Extension-Identifier").First();
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return body.RootElement.GetProperty("functionName").GetString()!;
    }

    /// <summary>Subscribes a listener.</summary>
    /// <param name="byLogsApi">By the Logs API, which the Telemetry API superseded.</param>
    /// <param name="types">Of <c>platform</c>, <c>function</c> and <c>extension</c>.</param>
    /// <returns>False if there is no such API, as in AWS's Runtime Interface Emulator.</returns>
    public async Task<bool> SubscribeAsync(
        Uri listener, bool byLogsApi, IReadOnlyList<string> types, int maxBytes, int timeoutMs)
    {
        using var request = Request(HttpMethod.Put, byLogsApi ? "2020-08-15/logs" : "2022-07-01/telemetry", writer =>
        {
            // The newest schema of the Logs API is the one that tells when the runtime is done.
            writer.WriteString("schemaVersion", byLogsApi ? "2021-03-18" : "2022-12-13");
            writer.WriteStartArray("types");
            foreach (var type in types) writer.WriteStringValue(type);
            writer.WriteEndArray();
            writer.WriteStartObject("buffering");
            writer.WriteNumber("maxItems", 1_000);
            writer.WriteNumber("maxBytes", maxBytes);
            writer.WriteNumber("timeoutMs", timeoutMs);
            writer.WriteEndObject();
            writer.WriteStartObject("destination");
            writer.WriteString("protocol", "HTTP");
            writer.WriteString("URI", listener.ToString());
            writer.WriteEndObject();
        });
        using var response = await SendAsync(request);
        return response.StatusCode != HttpStatusCode.Accepted;
    }

    /// <summary>Tells Lambda that the extension is ready, and waits for the next event without a timeout.</summary>
    public async Task<ExtensionEvent> NextAsync()
    {
        using var request = Request(HttpMethod.Get, Prefix + "event/next");
        using var response = await SendAsync(request);
        using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        var happened = body.RootElement;
        return new ExtensionEvent(
            happened.GetProperty("eventType").GetString() == "SHUTDOWN",
            DateTimeOffset.FromUnixTimeMilliseconds(happened.GetProperty("deadlineMs").GetInt64()));
    }

    /// <summary>Tells Lambda that the extension cannot start; the process must exit afterwards.</summary>
    public async Task FailAsync(string errorType, string message)
    {
        using var request = Request(HttpMethod.Post, Prefix + "init/error", writer =>
        {
            writer.WriteString("errorMessage", message);
            writer.WriteString("errorType", errorType);
        });
        request.Headers.Add("Lambda-Extension-Function-Error-Type", errorType);
        using var response = await SendAsync(request);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, Action<Utf8JsonWriter>? writeBody = null)
    {
        var request = new HttpRequestMessage(method, new Uri($"http://{address}/{path}"));
        if (identifier is not null) request.Headers.Add("Lambda-Extension-Identifier", identifier);
        if (writeBody is null) return request;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writeBody(writer);
            writer.WriteEndObject();
        }

        request.Content = new ByteArrayContent(stream.ToArray());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var response = await http.SendAsync(request);
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            throw new LambdaException(
                $"{request.RequestUri!.AbsolutePath}: {(int)response.StatusCode} "
                + await response.Content.ReadAsStringAsync());
        }
    }
}
