using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Isobar.Local.Wire;
using Microsoft.AspNetCore.Http;

namespace Isobar.Benchmarks.ColdStarts;

/// <summary>
/// A Runtime API for one process, which notes when something arrives; and a DynamoDB without items. It is in
/// this process, which has no part in the share of the measured one.
/// </summary>
internal sealed class ColdApi : IAsyncDisposable
{
    private const string Invocations = "/2018-06-01/runtime/invocation/";
    private const string Extension = "/2020-01-01/extension/";
    private const string Arn = "arn:aws:lambda:us-east-1:000000000000:function:cold";

    private const string Trace = "Root=1-00000000-000000000000000000000000;Sampled=0";

    private readonly Channel<Arrival> arrivals = Channel.CreateBounded<Arrival>(16);
    private readonly Channel<long> attentions = Channel.CreateBounded<long>(1);
    private readonly Channel<string> attended = Channel.CreateBounded<string>(1);
    private readonly Channel<string> events = Channel.CreateBounded<string>(1);
    private WireServer server = null!;
    private int last;

    private ColdApi()
    {
    }

    public Uri Address => server.Address;

    public static async Task<ColdApi> StartAsync()
    {
        var api = new ColdApi();
        api.server = await WireServer.StartAsync(api.HandleAsync, 0, CancellationToken.None);
        return api;
    }

    /// <summary>Waits until the runtime asks for its next event.</summary>
    /// <returns>When it did, by <see cref="TimeProvider.GetTimestamp"/>.</returns>
    public async Task<long> PolledAsync(CancellationToken cancellationToken) =>
        (await ArrivedAsync("next", cancellationToken)).Timestamp;

    /// <summary>Waits until the extension asks for its next event, likewise.</summary>
    public async Task<long> AttendedAsync(CancellationToken cancellationToken) =>
        await attentions.Reader.ReadAsync(cancellationToken);

    /// <summary>Gives the waiting runtime an event, and the extension, if there is one, its INVOKE.</summary>
    /// <returns>How long it was until the response, when that was, and the response.</returns>
    public async Task<(TimeSpan Took, long Timestamp, string Response)> InvokeAsync(
        string payload, bool hasExtension, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var id = $"{++last:00000000}-0000-4000-8000-000000000000";
        if (hasExtension) await attended.Writer.WriteAsync(id, cancellationToken);
        await events.Writer.WriteAsync(payload, cancellationToken);
        var response = await ArrivedAsync("response", cancellationToken);
        return (TimeProvider.System.GetElapsedTime(begun, response.Timestamp), response.Timestamp, response.Body);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <exception cref="InvalidDataException">Something else arrived, such as an error.</exception>
    private async Task<Arrival> ArrivedAsync(string what, CancellationToken cancellationToken)
    {
        var arrival = await arrivals.Reader.ReadAsync(cancellationToken);
        return arrival.What == what
            ? arrival
            : throw new InvalidDataException($"Waited for {what}, and there was {arrival.What}: {arrival.Body}");
    }

    private async Task HandleAsync(HttpContext http)
    {
        var arrived = TimeProvider.System.GetTimestamp();
        var path = http.Request.Path.Value!;
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        if (path == "/")
        {
            await AnswerAsync(http, StatusCodes.Status200OK, "application/x-amz-json-1.0", "{}");
            return;
        }

        if (path.StartsWith(Extension, StringComparison.Ordinal))
        {
            await AttendAsync(http, path, arrived);
            return;
        }

        await arrivals.Writer.WriteAsync(new Arrival(path.Split('/')[^1], arrived, body), http.RequestAborted);
        if (path == Invocations + "next") await NextAsync(http);
        else await AnswerAsync(http, StatusCodes.Status202Accepted, "application/json", """{"status":"OK"}""");
    }

    private async Task AttendAsync(HttpContext http, string path, long arrived)
    {
        http.Response.Headers["Lambda-Extension-Identifier"] = "00000000-0000-4000-8000-000000000000";
        if (path == Extension + "register")
        {
            await AnswerAsync(http, StatusCodes.Status200OK, "application/json", "{}");
            return;
        }

        await attentions.Writer.WriteAsync(arrived, http.RequestAborted);
        var invoked = new JsonObject
        {
            ["eventType"] = "INVOKE",
            ["requestId"] = await attended.Reader.ReadAsync(http.RequestAborted),
            ["deadlineMs"] = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds(),
            ["tracing"] = new JsonObject { ["type"] = "X-Amzn-Trace-Id", ["value"] = Trace },
        };
        await AnswerAsync(http, StatusCodes.Status200OK, "application/json", invoked.ToJsonString());
    }

    private async Task NextAsync(HttpContext http)
    {
        var payload = await events.Reader.ReadAsync(http.RequestAborted);
        var deadline = TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        http.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = $"{last:00000000}-0000-4000-8000-000000000000";
        http.Response.Headers["Lambda-Runtime-Deadline-Ms"] = deadline.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = Arn;
        http.Response.Headers["Lambda-Runtime-Trace-Id"] = Trace;
        await AnswerAsync(http, StatusCodes.Status200OK, "application/json", payload);
    }

    private static async Task AnswerAsync(HttpContext http, int status, string mediaType, string body)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(body);
        http.Response.StatusCode = status;
        http.Response.ContentType = mediaType;
        http.Response.ContentLength = content.Length;
        await http.Response.BodyWriter.WriteAsync(content, http.RequestAborted);
    }

    private sealed record Arrival(string What, long Timestamp, string Body);
}
