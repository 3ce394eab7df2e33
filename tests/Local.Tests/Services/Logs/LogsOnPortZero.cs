using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Services;
using Isobar.Local.Services.Logs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Logs;

/// <summary>CloudWatch Logs on a free port, and requests to it as JSON.</summary>
internal sealed class LogsOnPortZero : IAsyncDisposable
{
    public const string Group = "/aws/lambda/echo";
    public const string Stream = "2026/11/29/[$LATEST]0123456789abcdef0123456789abcdef";

    private readonly ModuleOnPortZero host;
    private readonly HttpClient http = new();

    private LogsOnPortZero(ModuleOnPortZero host, LogsModule module) => (this.host, Module) = (host, module);

    public LogsModule Module { get; }

    public World World => host.World;

    public Uri Address => host.Address;

    /// <summary>Service time, in milliseconds since 1970.</summary>
    public long Now => World.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<LogsOnPortZero> StartAsync(IRequestGate? gate = null)
    {
        LogsModule? module = null;
        var host = await ModuleOnPortZero.StartAsync(world => [module = new LogsModule(world.Context)], gate);
        return new LogsOnPortZero(host, module!);
    }

    /// <summary>The same, with a group and a stream in it.</summary>
    public static async Task<LogsOnPortZero> WithStreamAsync(string stream = "s")
    {
        var logs = await StartAsync();
        await logs.OkAsync("CreateLogGroup", """{"logGroupName":"g"}""");
        await logs.OkAsync("CreateLogStream", $$"""{"logGroupName":"g","logStreamName":"{{stream}}"}""");
        return logs;
    }

    /// <summary>A line of a function's log.</summary>
    public void Write(string text, string group = Group, string stream = Stream) => Module.Write(new LogLine(
        DateTimeOffset.UnixEpoch, "echo", group, stream, "e", "request", Platform: false, Extension: null, text));

    /// <summary>Puts events of these ages into the group g.</summary>
    public Task<JsonElement> PutAsync(string stream, params IEnumerable<(long Timestamp, string Message)> events) =>
        OkAsync("PutLogEvents", new JsonObject
        {
            ["logGroupName"] = "g",
            ["logStreamName"] = stream,
            ["logEvents"] = new JsonArray([.. events.Select(each => new JsonObject
            {
                ["timestamp"] = each.Timestamp, ["message"] = each.Message,
            })]),
        }.ToJsonString());

    /// <summary>The messages of an answer's events.</summary>
    public static string[] Messages(JsonElement answer) =>
        [.. answer.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("message").GetString()!)];

    /// <summary>The messages that FilterLogEvents finds.</summary>
    /// <param name="more">Members of the request, after a comma.</param>
    public async Task<string[]> FilterAsync(string group = "g", string more = "") =>
        Messages(await OkAsync("FilterLogEvents", $$"""{"logGroupName":"{{group}}"{{more}}}"""));

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<JsonElement> OkAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        Assert.True(status == 200, answer.ToString());
        return answer;
    }

    /// <summary>Sends a request that must fail: status, code and message.</summary>
    public async Task<string> ErrorAsync(string operation, string body)
    {
        var (status, answer) = await PostAsync(operation, body);
        var message = answer.TryGetProperty("message", out var text) ? text.GetString() : "";
        return $"{status} {answer.GetProperty("__type").GetString()!.Split('#')[1]} {message}".Trim();
    }

    /// <summary>A request, signed in name.</summary>
    public HttpRequestMessage Request(string operation, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1") },
            },
        };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"Logs_20140328.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=test/20260112/us-east-1/logs/aws4_request, Signature=0");
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        await Module.DisposeAsync();
        http.Dispose();
        await host.DisposeAsync();
    }

    private async Task<(int Status, JsonElement Answer)> PostAsync(string operation, string body)
    {
        using var request = Request(operation, body);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return ((int)response.StatusCode, document.RootElement.Clone());
    }
}
