using System.Text;
using System.Text.Json;

namespace Isobar.Local.Services.CloudWatch.Dashboards;

/// <summary>Checks a dashboard's body as far as AWS refuses one: JSON with a list of widgets of a type.</summary>
/// <remarks>Source: Amazon CloudWatch API Reference, "Dashboard body structure and syntax".</remarks>
internal static class DashboardBody
{
    private static readonly string[] Types = ["metric", "text", "log", "alarm", "explorer", "custom"];

    /// <exception cref="Wire.AwsException">InvalidParameterInput, with the place and the reason.</exception>
    public static void Check(string body)
    {
        if (Encoding.UTF8.GetByteCount(body) > CloudWatchLimits.MaxDashboardBytes)
            throw CloudWatchErrors.InvalidDashboard("/", "The body is larger than 1 MB.");
        try
        {
            using var parsed = JsonDocument.Parse(body);
            Check(parsed.RootElement);
        }
        catch (JsonException)
        {
            throw CloudWatchErrors.InvalidDashboard("", "The field DashboardBody must be a valid JSON object");
        }
    }

    private static void Check(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw CloudWatchErrors.InvalidDashboard("", "The field DashboardBody must be a valid JSON object");
        if (!root.TryGetProperty("widgets", out var widgets))
            throw CloudWatchErrors.InvalidDashboard("/", "Should have property widgets");
        if (widgets.ValueKind != JsonValueKind.Array)
            throw CloudWatchErrors.InvalidDashboard("/widgets", "Should be an array");
        if (widgets.GetArrayLength() > CloudWatchLimits.MaxWidgets)
            throw CloudWatchErrors.InvalidDashboard("/widgets", "Should have at most 500 widgets");
        var i = 0;
        foreach (var widget in widgets.EnumerateArray()) CheckWidget(widget, $"/widgets/{i++}");
    }

    private static void CheckWidget(JsonElement widget, string place)
    {
        if (widget.ValueKind != JsonValueKind.Object)
            throw CloudWatchErrors.InvalidDashboard(place, "Should be an object");
        if (!widget.TryGetProperty("type", out var type))
            throw CloudWatchErrors.InvalidDashboard(place, "Should have property type");
        if (type.ValueKind != JsonValueKind.String || !Types.Contains(type.GetString()))
            throw CloudWatchErrors.InvalidDashboard(
                $"{place}/type", $"Should match one of: {string.Join(", ", Types)}");
        if (!widget.TryGetProperty("properties", out var properties))
            throw CloudWatchErrors.InvalidDashboard(place, "Should have property properties");
        if (properties.ValueKind != JsonValueKind.Object)
            throw CloudWatchErrors.InvalidDashboard($"{place}/properties", "Should be an object");
        if (type.GetString() == "metric" && !properties.TryGetProperty("metrics", out _)
            && !properties.TryGetProperty("annotations", out _))
            throw CloudWatchErrors.InvalidDashboard(
                $"{place}/properties", "Should have either a metric or an alarm annotation");
    }
}
