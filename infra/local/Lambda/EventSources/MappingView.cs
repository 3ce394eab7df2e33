using System.Text.Json;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.EventSources.Streams;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>A mapping as the API shows it.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, EventSourceMappingConfiguration; recorded against AWS in November 2025.
/// </remarks>
internal static class MappingView
{
    public static void Write(Utf8JsonWriter json, EventSourceMapping mapping)
    {
        json.WriteString("UUID", mapping.Uuid);
        json.WriteString("EventSourceArn", mapping.Source.ToString());
        json.WriteString("EventSourceMappingArn", mapping.Arn);
        json.WriteString("FunctionArn", mapping.Function.InvokedArn);
        json.WriteNumber("BatchSize", mapping.BatchSize);
        json.WriteNumber("MaximumBatchingWindowInSeconds", (int)mapping.BatchingWindow.TotalSeconds);
        FunctionView.WriteStrings(json, "FunctionResponseTypes",
            mapping.ReportsBatchItemFailures ? ["ReportBatchItemFailures"] : []);
        if (mapping is QueueMapping { MaximumConcurrency: { } concurrency })
            FunctionView.WriteMap(json, "ScalingConfig", ("MaximumConcurrency", concurrency));
        if (mapping is StreamMapping stream) Write(json, stream);
        WriteFilters(json, mapping.Filter);
        if (mapping.CountsEvents)
        {
            json.WriteStartObject("MetricsConfig");
            FunctionView.WriteStrings(json, "Metrics", ["EventCount"]);
            json.WriteEndObject();
        }

        json.WriteString("State", mapping.State);
        json.WriteString("StateTransitionReason", mapping is StreamMapping ? "User action" : "USER_INITIATED");
        json.WriteNumber("LastModified", Math.Round(mapping.LastModified.ToUnixTimeMilliseconds() / 1_000m, 3));
    }

    private static void Write(Utf8JsonWriter json, StreamMapping mapping)
    {
        var settings = mapping.Settings;
        json.WriteString("StartingPosition", settings.Start.Name);
        if (settings.Start.Timestamp is { } timestamp)
            json.WriteNumber("StartingPositionTimestamp", timestamp.ToUnixTimeMilliseconds() / 1_000m);
        json.WriteNumber("ParallelizationFactor", settings.ParallelizationFactor);
        json.WriteBoolean("BisectBatchOnFunctionError", settings.Bisects);
        json.WriteNumber("MaximumRetryAttempts", settings.MaximumRetryAttempts);
        json.WriteNumber("MaximumRecordAgeInSeconds", settings.MaximumRecordAgeSeconds);
        json.WriteNumber("TumblingWindowInSeconds", settings.TumblingWindowSeconds);
        json.WriteStartObject("DestinationConfig");
        json.WriteStartObject("OnFailure");
        if (settings.OnFailure is { } destination) json.WriteString("Destination", destination.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("LastProcessingResult", mapping.LastProcessingResult);
    }

    private static void WriteFilters(Utf8JsonWriter json, RecordFilter filter)
    {
        if (filter.IsEverything) return;
        json.WriteStartObject("FilterCriteria");
        json.WriteStartArray("Filters");
        foreach (var source in filter.Sources)
        {
            json.WriteStartObject();
            json.WriteString("Pattern", source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
