using System.Globalization;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Apis;

/// <summary>
/// The Runtime API's routes. A handler turns a request into a fact and the refusal, if any, into an answer.
/// </summary>
/// <remarks>
/// Source: Lambda developer guide, "Using the Lambda runtime API for custom runtimes"; version 2018-06-01.
/// </remarks>
internal static class RuntimeApi
{
    public const string Version = "/2018-06-01/";

    private const string Prefix = Version + "runtime/";
    private const string Invocation = Prefix + "invocation/";

    public static Task HandleAsync(HttpContext http, string path)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
            return path == Version + "ping" ? Replies.PongAsync(http) : Replies.NotFoundAsync(http);

        var caller = http.Features.Get<Caller>()!;
        return http.Request.Method switch
        {
            "GET" when path == Invocation + "next" => NextAsync(http, caller),
            "POST" when RequestId(path, "/response") is { } requestId => ResponseAsync(http, caller, requestId),
            "POST" when RequestId(path, "/error") is { } requestId => ErrorAsync(http, caller, requestId),
            "POST" when path == Prefix + "init/error" => InitErrorAsync(http, caller),
            _ => Replies.NotFoundAsync(http),
        };
    }

    /// <summary>The one segment between <c>invocation/</c> and an end, or null for another path.</summary>
    private static string? RequestId(string path, string end)
    {
        var length = path.Length - Invocation.Length - end.Length;
        return length >= 0 && path.StartsWith(Invocation, StringComparison.Ordinal)
            && path.EndsWith(end, StringComparison.Ordinal)
            && !path.AsSpan(Invocation.Length, length).Contains('/')
            ? path.Substring(Invocation.Length, length)
            : null;
    }

    private static async Task NextAsync(HttpContext http, Caller caller)
    {
        var poll = new Poll();
        if (caller.Environment.Post(at => new RuntimeNext(at, caller.Incarnation, poll)) is { } refused)
        {
            await Replies.RefuseAsync(http, refused);
            return;
        }

        var given = await PollAnswers.WaitAsync(http, caller.Environment, poll);
        if (given is null) return;
        var request = given.Invocation!.Request;
        var response = http.Response;
        response.ContentType = request.ContentType;
        response.ContentLength = request.Payload.Length;
        var headers = response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = request.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] =
            given.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = request.InvokedFunctionArn;
        if (!string.IsNullOrEmpty(request.TraceId)) headers["Lambda-Runtime-Trace-Id"] = request.TraceId;
        if (!string.IsNullOrEmpty(request.ClientContext))
            headers["Lambda-Runtime-Client-Context"] = request.ClientContext;
        await response.BodyWriter.WriteAsync(request.Payload);
    }

    private static async Task ResponseAsync(HttpContext http, Caller caller, string requestId)
    {
        var mode = http.Request.Headers["Lambda-Runtime-Function-Response-Mode"];
        var began = caller.Environment.Now;
        var body = await RequestBody.ReadAsync(http.Request);
        ResponseFault? fault = body switch
        {
            _ when mode.Count > 0 && mode != "streaming" => ResponseFault.InvalidMode,
            { Truncated: true } => ResponseFault.Truncated,
            { TooLarge: true } => ResponseFault.TooLarge,
            _ => null,
        };
        await Replies.AcknowledgeAsync(http, caller.Environment.Post(at => fault is { } found
            ? new RuntimeResponseFaulted(at, caller.Incarnation, requestId, found)
            : new RuntimeResponse(at, caller.Incarnation, requestId, body.Bytes) { Began = began }));
    }

    private static async Task ErrorAsync(HttpContext http, Caller caller, string requestId)
    {
        var (errorType, payload) = await ErrorPayload.ReadAsync(http.Request);
        await Replies.AcknowledgeAsync(http, caller.Environment.Post(
            at => new RuntimeError(at, caller.Incarnation, requestId, payload, errorType)));
    }

    private static async Task InitErrorAsync(HttpContext http, Caller caller)
    {
        var (errorType, payload) = await ErrorPayload.ReadAsync(http.Request);
        await Replies.AcknowledgeAsync(http, caller.Environment.Post(
            at => new RuntimeInitError(at, caller.Incarnation, payload, errorType)));
    }
}
