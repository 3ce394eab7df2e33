using Isobar.Local.Lambda.Apis;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>The routes of the Telemetry API, and of the Logs API that came before it.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Telemetry API reference"; the order of checks and the refusals of an identifier
/// are those of the runtime interface emulator, <c>rapi/handler/runtimelogs.go</c> and <c>middleware.go</c>.
/// </remarks>
internal static class TelemetryApi
{
    private static readonly ReadOnlyMemory<byte> Ok = "\"OK\""u8.ToArray();

    /// <returns>Which of the two APIs a path belongs to; null for neither. Both may end with a slash.</returns>
    public static TelemetryApiKind? KindOf(string path) => path.TrimEnd('/') switch
    {
        "/2022-07-01/telemetry" => TelemetryApiKind.Telemetry,
        "/2020-08-15/logs" => TelemetryApiKind.Logs,
        _ => null,
    };

    public static async Task HandleAsync(HttpContext http, TelemetryApiKind api)
    {
        var caller = http.Features.Get<Caller>()!;
        if (!caller.Environment.ExtensionsEnabled)
        {
            await Replies.NotFoundAsync(http);
            return;
        }

        if (http.Request.Method != "PUT")
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var (extension, refused) = ExtensionIdentity.Of(http, caller);
        if (extension is null) await Replies.RefuseAsync(http, refused!);
        else await SubscribeAsync(http, api, wanted => caller.Environment.Subscribe(extension.Name, wanted));
    }

    /// <summary>Reads a subscription, and answers for it.</summary>
    /// <param name="subscribe">False once subscriptions are closed.</param>
    public static async Task SubscribeAsync(
        HttpContext http, TelemetryApiKind api, Func<Subscription, bool> subscribe)
    {
        var body = await RequestBody.ReadAsync(http.Request);
        if (SubscriptionReader.Read(api, body.Bytes, out var wrong) is not { } subscription)
            await Replies.RefuseAsync(http, TelemetryRefusal.Invalid(api, wrong));
        else if (!subscribe(subscription))
            await Replies.RefuseAsync(http, TelemetryRefusal.Closed(api));
        else
            await Replies.SendAsync(http, StatusCodes.Status200OK, "application/json", Ok);
    }
}
