using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>What the Telemetry API refuses by itself, with AWS's words where they are known.</summary>
internal static class TelemetryRefusal
{
    public static Refusal Invalid(TelemetryApiKind api, string wrong) => new(
        api == TelemetryApiKind.Logs ? "Logs.ValidationError" : "ValidationError", 400, wrong);

    public static Refusal Closed(TelemetryApiKind api) => api == TelemetryApiKind.Logs
        ? new Refusal("Logs.SubscriptionClosed", 403, "Logs API subscription is closed already")
        : new Refusal("Telemetry.SubscriptionClosed", 403, "Telemetry API subscription is closed already");
}
