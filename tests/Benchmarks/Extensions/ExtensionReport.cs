using System.Text.Json;

namespace Isobar.Benchmarks.Extensions;

/// <summary>What the host reports of one invocation, as Lambda would; times in milliseconds.</summary>
/// <param name="Waited">Until the caller had its answer.</param>
/// <param name="Init">Null when the environment was there already.</param>
/// <param name="Duration">Until all had asked for the next event.</param>
/// <param name="Overhead">What extensions took of that after the runtime was done.</param>
internal sealed record ExtensionReport(
    double Waited, double? Init, double Duration, double Billed, double Overhead, double MemoryMb)
{
    /// <param name="line">The event <c>platform.report</c>, as it is in a log of the JSON format.</param>
    public static ExtensionReport Parse(string line, double waited)
    {
        using var json = JsonDocument.Parse(line);
        var record = json.RootElement.GetProperty("record");
        var metrics = record.GetProperty("metrics");
        double? Metric(string name) => metrics.TryGetProperty(name, out var value) ? value.GetDouble() : null;
        var overhead = record.TryGetProperty("spans", out var spans)
            ? spans.EnumerateArray().Where(span => span.GetProperty("name").GetString() == "extensionOverhead")
                .Sum(span => span.GetProperty("durationMs").GetDouble())
            : 0;
        return new ExtensionReport(
            waited, Metric("initDurationMs"), Metric("durationMs")!.Value, Metric("billedDurationMs")!.Value, overhead,
            Metric("maxMemoryUsedMB")!.Value);
    }
}
