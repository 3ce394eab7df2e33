using Isobar.Local.Lambda.Telemetry;

namespace Isobar.Local.Lambda.Apis;

/// <summary>The APIs that an environment's processes reach at its one address, told apart by their version.</summary>
internal static class EnvironmentApis
{
    public static Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path.StartsWith(RuntimeApi.Version, StringComparison.Ordinal)) return RuntimeApi.HandleAsync(http, path);
        if (TelemetryApi.KindOf(path) is { } api) return TelemetryApi.HandleAsync(http, api);
        return path.StartsWith(ExtensionsApi.Prefix, StringComparison.Ordinal)
            ? ExtensionsApi.HandleAsync(http, path[ExtensionsApi.Prefix.Length..])
            : Replies.NotFoundAsync(http);
    }
}
