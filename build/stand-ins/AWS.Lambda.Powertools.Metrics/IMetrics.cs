using System.Collections.Generic;
using Amazon.Lambda.Core;

namespace AWS.Lambda.Powertools.Metrics;

/// <summary>Gathers metrics until they are flushed as one line in CloudWatch's embedded metric format.</summary>
public interface IMetrics
{
    /// <param name="key">1 to 1,024 characters; a metric of this name that is there gets another value.</param>
    /// <param name="value">Zero or more.</param>
    /// <param name="unit">Counts for the first value of a metric.</param>
    /// <param name="resolution">Default leaves it to CloudWatch: 60 s.</param>
    void AddMetric(
        string key,
        double value,
        MetricUnit unit = MetricUnit.None,
        MetricResolution resolution = MetricResolution.Default);

    void AddDimension(string key, string value);

    void AddMetadata(string key, object value);

    void SetDefaultDimensions(Dictionary<string, string> defaultDimensions);

    /// <summary>Writes one metric at once, apart from those gathered.</summary>
    void PushSingleMetric(
        string name,
        double value,
        MetricUnit unit,
        string nameSpace = null,
        string service = null,
        Dictionary<string, string> dimensions = null,
        MetricResolution resolution = MetricResolution.Default);

    /// <summary>Writes what was gathered and forgets it, all but the default dimensions.</summary>
    /// <param name="metricsOverflow">Keep the dimensions: the same line goes on in the next one.</param>
    void Flush(bool metricsOverflow = false);

    /// <summary>
    /// Writes the ColdStart metric, where the options ask for it; call it for the first invocation only.
    /// </summary>
    void CaptureColdStartMetric(ILambdaContext context);
}

/// <summary>What Configure sets; null leaves it to the environment variables POWERTOOLS_*.</summary>
public class MetricsOptions
{
    public string Namespace { get; set; }

    public string Service { get; set; }

    public bool? RaiseOnEmptyMetrics { get; set; }

    public bool? CaptureColdStart { get; set; }

    public Dictionary<string, string> DefaultDimensions { get; set; }

    public string FunctionName { get; set; }
}

/// <summary>Units of CloudWatch, without the rates: no caller here has one.</summary>
public enum MetricUnit
{
    None,
    Seconds,
    Microseconds,
    Milliseconds,
    Bytes,
    Kilobytes,
    Megabytes,
    Gigabytes,
    Terabytes,
    Bits,
    Kilobits,
    Megabits,
    Gigabits,
    Terabits,
    Percent,
    Count,
}

/// <summary>Seconds between stored data points; Default says nothing in the line.</summary>
public enum MetricResolution
{
    Default = 0,
    High = 1,
    Standard = 60,
}
