using System.Globalization;
using System.Security.Cryptography;
using Isobar.Telemetry.Events;

namespace Isobar.Telemetry;

/// <summary>
/// The extension's settings, from environment variables. One that is not valid is told and left out: an extension that
/// failed for it would take the function with it.
/// </summary>
/// <param name="Bucket">Null to ship to no bucket.</param>
/// <param name="Otlp">Null to ship to no OTLP endpoint.</param>
/// <param name="LeastLevel">Lines below it are not shipped; null ships all.</param>
/// <param name="SampledShare">Of the invocations, from 0 to 1; all lines of the others are left out.</param>
/// <param name="MetricsNamespace">For the metrics of each invocation's summary; null to write none.</param>
/// <param name="UsesLogsApi">Whether the extension subscribes by the Logs API instead of the Telemetry API.</param>
/// <param name="Types">What it subscribes to.</param>
/// <param name="EnvironmentId">
/// 32 random hexadecimal digits. Each process has its own, so (environment, sequence) never names two lines, also after
/// Lambda resets the environment.
/// </param>
/// <param name="MemoryMegabytes">The function's memory; zero if it is not known.</param>
/// <param name="Problems">What was wrong with the variables, a sentence each.</param>
internal sealed record Settings(
    BucketSettings? Bucket, OtlpSettings? Otlp, Level? LeastLevel, double SampledShare, string? MetricsNamespace,
    bool UsesLogsApi, IReadOnlyList<string> Types, string EnvironmentId, string Region, string? ServiceName,
    string FunctionVersion, int MemoryMegabytes, IReadOnlyList<string> Problems)
{
    private static readonly string[] AllTypes = ["platform", "function", "extension"];

    public static Settings Read(Func<string, string?> variable)
    {
        var problems = new List<string>();
        var bucket = BucketSettings.Read(variable, problems.Add);
        var otlp = OtlpSettings.Read(variable, problems.Add);
        if (bucket is null && otlp is null)
            problems.Add(
                "neither TELEMETRY_BUCKET nor OTEL_EXPORTER_OTLP_ENDPOINT names a destination: nothing is shipped");
        _ = int.TryParse(
            variable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture,
            out var memory);
        return new Settings(
            bucket, otlp, ReadLevel(variable("TELEMETRY_LEVEL"), problems),
            ReadShare(variable("TELEMETRY_SAMPLE"), problems),
            variable("TELEMETRY_METRICS_NAMESPACE") is { Length: > 0 } space ? space : null,
            ReadApi(variable("TELEMETRY_API"), problems), AllTypes,
            RandomNumberGenerator.GetHexString(32, lowercase: true), variable("AWS_REGION") ?? "",
            variable("OTEL_SERVICE_NAME"), variable("AWS_LAMBDA_FUNCTION_VERSION") ?? "", memory, problems);
    }

    private static Level? ReadLevel(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (Levels.Parse(text) is { } level) return level;
        problems.Add(
            "TELEMETRY_LEVEL should be TRACE, DEBUG, INFO, WARN, ERROR or FATAL; lines of all levels are shipped");
        return null;
    }

    private static double ReadShare(string? text, List<string> problems)
    {
        if (string.IsNullOrEmpty(text)) return 1;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            && share is >= 0 and <= 1) return share;
        problems.Add("TELEMETRY_SAMPLE should be a share from 0 to 1; lines of all invocations are shipped");
        return 1;
    }

    private static bool ReadApi(string? text, List<string> problems)
    {
        if (text is "logs") return true;
        if (text is not (null or "" or "telemetry"))
            problems.Add("TELEMETRY_API should be telemetry or logs; telemetry is taken");
        return false;
    }
}
