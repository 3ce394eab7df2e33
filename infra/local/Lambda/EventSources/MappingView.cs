using System.Text.Json;
using Isobar.Local.Lambda.Control;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>A mapping as the API shows it.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, EventSourceMappingConfiguration; recorded against AWS in November 2025.
/// </remarks>
internal static class MappingView
{
    public static void Write(Utf8JsonWriter json, QueueMapping mapping)
    {
        json.WriteString("UUID", mapping.Uuid);
        json.WriteString("EventSourceArn", mapping.Queue.ToString());
        json.WriteString("EventSourceMappingArn", mapping.Arn);
        json.WriteString("FunctionArn", mapping.Function.InvokedArn);
        json.WriteNumber("BatchSize", mapping.BatchSize);
        json.WriteNumber("MaximumBatchingWindowInSeconds", (int)mapping.BatchingWindow.TotalSeconds);
        FunctionView.WriteStrings(json, "FunctionResponseTypes",
            mapping.ReportsBatchItemFailures ? ["ReportBatchItemFailures"] : []);
        if (mapping.MaximumConcurrency is { } concurrency)
            FunctionView.WriteMap(json, "ScalingConfig", ("MaximumConcurrency", concurrency));
        if (mapping.CountsEvents)
        {
            json.WriteStartObject("MetricsConfig");
            FunctionView.WriteStrings(json, "Metrics", ["EventCount"]);
            json.WriteEndObject();
        }

        json.WriteString("State", mapping.State);
        json.WriteString("StateTransitionReason", "USER_INITIATED");
        json.WriteNumber("LastModified", Math.Round(mapping.LastModified.ToUnixTimeMilliseconds() / 1_000m, 3));
    }
}
