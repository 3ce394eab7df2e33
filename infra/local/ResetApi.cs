using System.Text.Json.Serialization;

namespace Isobar.Local;

/// <summary>
/// <c>POST /_isobar/reset</c> asks for a host without data in the place of this one (202);
/// <c>GET /_isobar/reset</c> says how many resets came before, so that a caller sees when it is there.
/// </summary>
/// <param name="isPossible">Whether the owner of this host resets it; otherwise a request is refused (409).</param>
/// <param name="resets">The resets before this host.</param>
internal sealed class ResetApi(bool isPossible, int resets)
{
    /// <summary>The path of its requests.</summary>
    public const string Path = "/_isobar/reset";

    private readonly TaskCompletionSource requested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a reset is asked for.</summary>
    public Task Requested => requested.Task;

    /// <summary>Everything is deployed: requests, which wait for that, are answered.</summary>
    public void BecameReady() => ready.TrySetResult();

    public async Task HandleAsync(HttpContext http)
    {
        await ready.Task.WaitAsync(http.RequestAborted);
        await RespondAsync(http);
    }

    private Task RespondAsync(HttpContext http)
    {
        if (HttpMethods.IsGet(http.Request.Method)) return AnswerAsync(http, 200);
        if (!HttpMethods.IsPost(http.Request.Method)) return RefuseAsync(http, 405, "Send GET or POST.");
        // A page on another site can't send this type without a CORS preflight request, which is not answered.
        if (!http.Request.HasJsonContentType())
            return RefuseAsync(http, 415, "The content type must be application/json.");
        return isPossible ? AcceptAsync(http) : RefuseAsync(http, 409, "Only a host that `up` started can be reset.");
    }

    // The answer is sent before the host begins to stop.
    private async Task AcceptAsync(HttpContext http)
    {
        await AnswerAsync(http, 202);
        await http.Response.CompleteAsync();
        requested.TrySetResult();
    }

    private Task AnswerAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new ResetView(resets), ResetJson.Default.ResetView);
    }

    private static Task RefuseAsync(HttpContext http, int status, string reason)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new HostProblem(reason), ResetJson.Default.HostProblem);
    }
}

/// <param name="Resets">How many resets came before the host that answers.</param>
internal sealed record ResetView(int Resets);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ResetView))]
[JsonSerializable(typeof(HostProblem))]
internal sealed partial class ResetJson : JsonSerializerContext;
