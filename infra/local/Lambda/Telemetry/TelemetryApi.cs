using Isobar.Local.Lambda.Apis;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>What the Telemetry API must know of the environment that a call came from.</summary>
internal interface ITelemetrySubject
{
    /// <returns>The name of the extension that registered under this identifier here, or null.</returns>
    string? ExtensionName(Guid identifier);

    /// <returns>False once subscriptions are closed.</returns>
    bool Subscribe(string extension, Subscription subscription);
}

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

    public static async Task HandleAsync(HttpContext http, TelemetryApiKind api, ITelemetrySubject environment)
    {
        if (http.Request.Method != "PUT")
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        var identifier = http.Request.Headers["Lambda-Extension-Identifier"].ToString();
        if (TelemetryRefusal.Of(identifier, environment, out var extension) is { } stranger)
        {
            await Replies.RefuseAsync(http, stranger);
            return;
        }

        var body = await RequestBody.ReadAsync(http.Request);
        if (SubscriptionReader.Read(api, body.Bytes, out var wrong) is not { } subscription)
            await Replies.RefuseAsync(http, TelemetryRefusal.Invalid(api, wrong));
        else if (!environment.Subscribe(extension, subscription))
            await Replies.RefuseAsync(http, TelemetryRefusal.Closed(api));
        else
            await Replies.SendAsync(http, StatusCodes.Status200OK, "application/json", Ok);
    }
}
