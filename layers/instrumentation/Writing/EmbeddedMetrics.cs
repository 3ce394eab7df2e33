using System.Text.Json;

namespace Isobar.Instrumentation.Writing;

/// <summary>The head of a line from which CloudWatch makes metrics.</summary>
/// <remarks>Source: CloudWatch user guide, "Specification: Embedded metric format".</remarks>
internal static class EmbeddedMetrics
{
    /// <summary>The namespace of all metrics of this layer.</summary>
    public const string Namespace = "Instrumentation";

    /// <param name="dimensions">Members of the line that distinguish its metrics.</param>
    /// <param name="metrics">Members of the line that are metrics, with their units.</param>
    public static void WriteHead(
        Utf8JsonWriter writer, DateTimeOffset now, string[] dimensions, (string Name, string Unit)[] metrics)
    {
        writer.WriteStartObject("_aws");
        writer.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
        writer.WriteStartArray("CloudWatchMetrics");
        writer.WriteStartObject();
        writer.WriteString("Namespace", Namespace);
        writer.WriteStartArray("Dimensions");
        writer.WriteStartArray();
        foreach (var dimension in dimensions) writer.WriteStringValue(dimension);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteStartArray("Metrics");
        foreach (var (name, unit) in metrics)
        {
            writer.WriteStartObject();
            writer.WriteString("Name", name);
            writer.WriteString("Unit", unit);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
