using System;
using System.Collections.Generic;
using Amazon.Lambda.Core;
using AWS.Lambda.Powertools.Common;

namespace AWS.Lambda.Powertools.Metrics;

/// <summary>The process's metrics. POWERTOOLS_METRICS_DISABLED=true makes every call do nothing.</summary>
public class Metrics : IMetrics
{
    // Source: EMF specification, at most 100 metrics a directive and 100 values a metric.
    private const int MaxMetrics = 100;
    private const string UndefinedService = "service_undefined";

    private readonly object gate = new();
    private readonly EmfDocument document = new();
    private readonly MetricsOptions options = new();
    private readonly bool disabled = string.Equals(
        PowertoolsEnvironment.Value("POWERTOOLS_METRICS_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);

    private Metrics()
    {
        PowertoolsEnvironment.Mark("Metrics");
        options.Namespace = PowertoolsEnvironment.Value("POWERTOOLS_METRICS_NAMESPACE");
        UseService(PowertoolsEnvironment.Service);
    }

    public static IMetrics Instance => Own;

    private static Metrics Own { get; } = new();

    public static IMetrics Configure(Action<MetricsOptions> configure)
    {
        var options = new MetricsOptions();
        configure(options);
        Own.Apply(options);
        return Own;
    }

    public static void AddMetric(
        string key,
        double value,
        MetricUnit unit = MetricUnit.None,
        MetricResolution resolution = MetricResolution.Default) => Instance.AddMetric(key, value, unit, resolution);

    public static void AddDimension(string key, string value) => Instance.AddDimension(key, value);

    public static void AddMetadata(string key, object value) => Instance.AddMetadata(key, value);

    public static void SetDefaultDimensions(Dictionary<string, string> defaultDimensions) =>
        Instance.SetDefaultDimensions(defaultDimensions);

    public static void PushSingleMetric(
        string name,
        double value,
        MetricUnit unit,
        string nameSpace = null,
        string service = null,
        Dictionary<string, string> dimensions = null,
        MetricResolution resolution = MetricResolution.Default) =>
        Instance.PushSingleMetric(name, value, unit, nameSpace, service, dimensions, resolution);

    void IMetrics.AddMetric(string key, double value, MetricUnit unit, MetricResolution resolution)
    {
        if (disabled)
        {
            return;
        }

        Require(key, nameof(key));
        if (value < 0)
        {
            throw new ArgumentException("A metric's value must be >= 0.", nameof(value));
        }

        lock (gate)
        {
            if (document.IsFullFor(key, MaxMetrics))
            {
                Write(metricsOverflow: true);
            }

            document.Add(key, value, unit, resolution);
        }
    }

    void IMetrics.AddDimension(string key, string value)
    {
        Require(key, nameof(key));
        lock (gate)
        {
            document.AddDimension(key, value);
        }
    }

    void IMetrics.AddMetadata(string key, object value)
    {
        Require(key, nameof(key));
        lock (gate)
        {
            document.Metadata.TryAdd(key, value);
        }
    }

    void IMetrics.SetDefaultDimensions(Dictionary<string, string> defaultDimensions)
    {
        lock (gate)
        {
            foreach (var (key, value) in defaultDimensions)
            {
                Require(key, nameof(defaultDimensions));
                Require(value, nameof(defaultDimensions));
                document.DefaultDimensions.TryAdd(key, value);
            }
        }
    }

    void IMetrics.PushSingleMetric(
        string name,
        double value,
        MetricUnit unit,
        string nameSpace,
        string service,
        Dictionary<string, string> dimensions,
        MetricResolution resolution)
    {
        if (disabled)
        {
            return;
        }

        Require(name, nameof(name));
        var single = new EmfDocument();
        var owner = string.IsNullOrWhiteSpace(service) ? PowertoolsEnvironment.Service : service;
        if (owner != UndefinedService)
        {
            single.AddDimension("Service", owner);
        }

        foreach (var (key, text) in dimensions ?? [])
        {
            single.AddDimension(key, text);
        }

        single.Add(name, value, unit, resolution);
        PowertoolsConsole.WriteLine(single.Serialize(nameSpace ?? options.Namespace));
    }

    void IMetrics.Flush(bool metricsOverflow)
    {
        if (disabled)
        {
            return;
        }

        lock (gate)
        {
            if (document.MetricCount == 0 && options.RaiseOnEmptyMetrics == true)
            {
                throw new SchemaValidationException(true);
            }

            Write(metricsOverflow);
        }
    }

    void IMetrics.CaptureColdStartMetric(ILambdaContext context)
    {
        if (options.CaptureColdStart != true)
        {
            return;
        }

        var dimensions = new Dictionary<string, string>(document.DefaultDimensions);
        var function = options.FunctionName ?? context?.FunctionName;
        if (!string.IsNullOrWhiteSpace(function))
        {
            dimensions["FunctionName"] = function;
        }

        PushSingleMetric("ColdStart", 1, MetricUnit.Count, options.Namespace, options.Service, dimensions);
    }

    private void Apply(MetricsOptions options)
    {
        lock (gate)
        {
            if (!string.IsNullOrEmpty(options.Namespace))
                this.options.Namespace = options.Namespace;
            this.options.RaiseOnEmptyMetrics = options.RaiseOnEmptyMetrics ?? this.options.RaiseOnEmptyMetrics;
            this.options.CaptureColdStart = options.CaptureColdStart ?? this.options.CaptureColdStart;
            this.options.FunctionName = options.FunctionName ?? this.options.FunctionName;
            UseService(options.Service);
        }

        if (options.DefaultDimensions is not null)
        {
            SetDefaultDimensions(options.DefaultDimensions);
        }
    }

    private void UseService(string service)
    {
        if (!string.IsNullOrWhiteSpace(service) && service != UndefinedService)
        {
            options.Service = service;
            document.DefaultDimensions["Service"] = service;
        }
    }

    private void Write(bool metricsOverflow)
    {
        if (document.IsEmpty)
        {
            if (options.CaptureColdStart != true)
            {
                PowertoolsConsole.WriteLine(
                    "##User-WARNING## No application metrics to publish. The cold-start metric may be published if "
                    + "enabled. If application metrics should never be empty, consider using "
                    + "'RaiseOnEmptyMetrics = true'");
            }

            return;
        }

        PowertoolsConsole.WriteLine(document.Serialize(options.Namespace));
        document.Clear(keepDimensions: metricsOverflow);
    }

    private static void Require(string text, string parameter)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentNullException(parameter, "Null or empty names and values are not allowed.");
        }
    }
}
