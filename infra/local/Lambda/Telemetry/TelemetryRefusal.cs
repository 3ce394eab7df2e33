using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>Every refusal of the Telemetry API, with AWS's words where they are known.</summary>
internal static class TelemetryRefusal
{
    /// <summary>Null when the identifier is that of an extension of this environment.</summary>
    public static Refusal? Of(string identifier, ITelemetrySubject environment, out string extension)
    {
        extension = "";
        if (identifier.Length == 0)
            return Forbidden(
                "Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header");
        if (!Guid.TryParse(identifier, out var guid))
            return Forbidden("Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier");
        if (environment.ExtensionName(guid) is not { } name)
            return Forbidden("Extension.UnknownExtensionIdentifier", $"Unknown extension {guid}");
        extension = name;
        return null;
    }

    public static Refusal Invalid(TelemetryApiKind api, string wrong) => new(
        api == TelemetryApiKind.Logs ? "Logs.ValidationError" : "ValidationError", 400, wrong);

    public static Refusal Closed(TelemetryApiKind api) => api == TelemetryApiKind.Logs
        ? Forbidden("Logs.SubscriptionClosed", "Logs API subscription is closed already")
        : Forbidden("Telemetry.SubscriptionClosed", "Telemetry API subscription is closed already");

    private static Refusal Forbidden(string errorType, string message) => new(errorType, 403, message);
}
