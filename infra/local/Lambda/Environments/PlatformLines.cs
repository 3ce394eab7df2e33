using System.Globalization;
using System.Text;
using Isobar.Local.Lambda.Telemetry;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// The platform's own lines in a function's log: as text, or in the JSON format as the events of its telemetry.
/// </summary>
/// <remarks>
/// Source: Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs"; REPORT as recorded on AWS.
/// </remarks>
internal sealed class PlatformLines(FunctionConfiguration function, string instance)
{
    private readonly InitPhase first = new(function.InitializationType, Suppressed: false);

    /// <returns>Null as text for an image: the line tells of a runtime that AWS brings.</returns>
    public string? InitStart(DateTimeOffset at) => function switch
    {
        { LogFormat: LoggingFormat.Text, Image: not null } => null,
        { LogFormat: LoggingFormat.Text } => $"INIT_START Runtime Version: {function.Runtime}.local\t"
            + $"Runtime Version ARN: {function.RuntimeVersionArn}",
        _ => Json(PlatformEvents.InitStart(at, function, instance, first)),
    };

    /// <param name="failure">Null when it went well.</param>
    public string InitReport(DateTimeOffset at, TimeSpan duration, Failure? failure) =>
        function.LogFormat == LoggingFormat.Text
            ? $"INIT_REPORT Init Duration: {Milliseconds(duration)} ms\tPhase: init\t{Status(failure)}"
            : Json(PlatformEvents.InitReport(at, first, failure, duration));

    public string Extension(DateTimeOffset at, WriteExtension extension)
    {
        if (function.LogFormat != LoggingFormat.Text) return Json(PlatformEvents.Extension(at, extension));
        var events = string.Join(", ", extension.Events.Names());
        var error = extension.ErrorType is { } type ? $"\tError Type: {type}" : "";
        return $"EXTENSION\tName: {extension.Name}\tState: {extension.State}\tEvents: [{events}]{error}";
    }

    public string Start(DateTimeOffset at, InvocationRequest request) => function.LogFormat == LoggingFormat.Text
        ? $"START RequestId: {request.RequestId} Version: {function.Version}"
        : Json(PlatformEvents.Start(at, function.Version, request));

    /// <returns>Null in the JSON format, which has no such line.</returns>
    public string? End(string requestId) =>
        function.LogFormat == LoggingFormat.Text ? $"END RequestId: {requestId}" : null;

    public string Report(DateTimeOffset at, WriteReport report, int maxMemoryUsedMb)
    {
        if (function.LogFormat != LoggingFormat.Text)
            return Json(PlatformEvents.Report(at, function, report, maxMemoryUsedMb));
        var init = report.InitDuration is { } took ? $"Init Duration: {Milliseconds(took)} ms\t" : "";
        var status = report.Failure is { } failure ? Status(failure) : "";
        return $"REPORT RequestId: {report.Invocation.RequestId}\tDuration: {Milliseconds(report.Duration)} ms\t"
            + $"Billed Duration: {Billed(report.Duration, report.InitDuration)} ms\t"
            + $"Memory Size: {function.MemorySizeMb} MB\tMax Memory Used: {maxMemoryUsedMb} MB\t{init}{status}";
    }

    /// <summary>Whole milliseconds. Since August 2025 the init phase is billed with the first invocation.</summary>
    public static long Billed(TimeSpan duration, TimeSpan? init) =>
        (long)Math.Max(1, Math.Ceiling((duration + (init ?? TimeSpan.Zero)).TotalMilliseconds));

    private static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Status(Failure? failure) => failure switch
    {
        null => "Status: success",
        { IsTimeout: true } => "Status: timeout",
        _ => $"Status: error\tError Type: {failure.ErrorType}",
    };

    private static string Json(TelemetryEvent happened) => Encoding.UTF8.GetString(happened.Json.Span);
}
