using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace AWS.Lambda.Powertools.Metrics;

/// <summary>
/// One line of CloudWatch's embedded metric format: a directive with one dimension set, and every dimension, metric
/// and metadata as a member of the root. Source: Amazon CloudWatch User Guide, Embedded Metric Format Specification.
/// </summary>
internal sealed class EmfDocument
{
    private const int MaxDimensions = 29;

    private readonly List<Metric> metrics = [];
    private readonly Dictionary<string, string> dimensions = [];

    public Dictionary<string, string> DefaultDimensions { get; } = [];

    public Dictionary<string, object> Metadata { get; } = [];

    public int MetricCount => metrics.Count;

    public bool IsEmpty => metrics.Count == 0 && Metadata.Count == 0;

    public bool IsFullFor(string metric, int max) =>
        metrics.Count == max || metrics.Any(m => m.Name == metric && m.Values.Count == max);

    public void Add(string name, double value, MetricUnit unit, MetricResolution resolution)
    {
        var metric = metrics.Find(m => m.Name == name);
        if (metric is null)
        {
            metric = new Metric(name, unit, resolution, []);
            metrics.Add(metric);
        }

        metric.Values.Add(value);
    }

    /// <exception cref="ArgumentOutOfRangeException">29 dimensions are there already.</exception>
    public void AddDimension(string key, string value)
    {
        if (dimensions.Count >= MaxDimensions)
        {
            throw new ArgumentOutOfRangeException(
                nameof(key), $"Cannot add more than {MaxDimensions} dimensions at the same time.");
        }

        if (DefaultDimensions.ContainsKey(key) || !dimensions.TryAdd(key, value))
        {
            Console.WriteLine($"##WARNING##: Failed to Add dimension '{key}'. Dimension already exists.");
        }
    }

    public void Clear(bool keepDimensions)
    {
        metrics.Clear();
        Metadata.Clear();
        if (!keepDimensions)
        {
            dimensions.Clear();
        }
    }

    /// <exception cref="SchemaValidationException">There is no namespace.</exception>
    public string Serialize(string nameSpace)
    {
        if (string.IsNullOrWhiteSpace(nameSpace))
        {
            throw new SchemaValidationException("namespace");
        }

        var dimensions = DefaultDimensions.Concat(this.dimensions).ToList();
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteDirective(json, nameSpace, dimensions);
            foreach (var (key, value) in dimensions)
            {
                json.WriteString(key, value);
            }

            foreach (var metric in metrics)
            {
                WriteValues(json, metric);
            }

            foreach (var (key, value) in Metadata)
            {
                json.WritePropertyName(key);
                WriteMetadata(json, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteDirective(
        Utf8JsonWriter json, string nameSpace, List<KeyValuePair<string, string>> dimensions)
    {
        json.WriteStartObject("_aws");
        json.WriteNumber("Timestamp", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        json.WriteStartArray("CloudWatchMetrics");
        json.WriteStartObject();
        json.WriteString("Namespace", nameSpace);
        json.WriteStartArray("Metrics");
        foreach (var metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("Name", metric.Name);
            json.WriteString("Unit", metric.Unit.ToString());
            if (metric.Resolution != MetricResolution.Default)
            {
                json.WriteNumber("StorageResolution", (int)metric.Resolution);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("Dimensions");
        json.WriteStartArray();
        dimensions.ForEach(d => json.WriteStringValue(d.Key));
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, Metric metric)
    {
        if (metric.Values.Count == 1)
        {
            json.WriteNumber(metric.Name, metric.Values[0]);
            return;
        }

        json.WriteStartArray(metric.Name);
        metric.Values.ForEach(json.WriteNumberValue);
        json.WriteEndArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            default:
                throw new NotSupportedException(
                    $"The stand-in of AWS.Lambda.Powertools.Metrics can't write a {value.GetType()} as metadata.");
        }
    }

    private sealed record Metric(string Name, MetricUnit Unit, MetricResolution Resolution, List<double> Values);
}
