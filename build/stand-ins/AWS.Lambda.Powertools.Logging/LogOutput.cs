using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AWS.Lambda.Powertools.Common;

namespace AWS.Lambda.Powertools.Logging;

/// <summary>The names of Microsoft.Extensions.Logging.LogLevel, as the lines hold them.</summary>
internal enum Severity
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>
/// Writes a line: level, message, timestamp, service, cold_start, xray_trace_id, name, then appended keys, arguments
/// and exception. Keys come in the case that POWERTOOLS_LOGGER_CASE names. The order is that of the package's lines 2
/// and 3.
/// </summary>
internal static class LogOutput
{
    private static readonly string[] OwnKeys =
    [
        "ColdStart", "Exception", "FunctionArn", "FunctionMemorySize", "FunctionName", "FunctionRequestId",
        "FunctionVersion", "Name", "Level", "Message", "SamplingRate", "Service", "Timestamp", "XrayTraceId",
    ];

    private static readonly JsonWriterOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly object Gate = new();
    private static readonly Dictionary<string, object> Appended = [];
    private static readonly string Service = PowertoolsEnvironment.Service;
    private static readonly double SamplingRate = ReadSamplingRate();
    private static readonly Severity Minimum = ReadMinimum();

    static LogOutput() => PowertoolsEnvironment.Mark("Logging");

    public static void Append(string key, object value)
    {
        lock (Gate)
        {
            Appended[key] = value;
        }
    }

    public static void Remove(string key)
    {
        lock (Gate)
        {
            Appended.Remove(key);
        }
    }

    public static void Write(Severity level, Exception exception, string template, object[] args)
    {
        if (level >= Minimum)
        {
            RefuseWithoutReflection();
            PowertoolsConsole.WriteLine(Line(level, exception, new MessageTemplate(template, args)));
        }
    }

    /// <summary>
    /// Not needed here; but the real package serializes a line by reflection unless the process is compiled ahead of
    /// time, and an application that works here must work there.
    /// </summary>
    private static void RefuseWithoutReflection()
    {
        if (RuntimeFeature.IsDynamicCodeSupported && !JsonSerializer.IsReflectionEnabledByDefault)
        {
            throw new InvalidOperationException(
                "The logger serializes by reflection: JsonSerializerIsReflectionEnabledByDefault must not be false.");
        }
    }

    private static string Line(Severity level, Exception exception, MessageTemplate message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            json.WriteStartObject();
            foreach (var (key, value) in OwnEntries(level, message).Concat(ExtraEntries(message)))
            {
                if (names.Add(key))
                {
                    json.WritePropertyName(KeyCase.Convert(key));
                    LogValue.Write(json, value);
                }
            }

            if (exception is not null)
            {
                json.WritePropertyName(KeyCase.Convert("Exception"));
                LogValue.WriteException(json, exception);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static IEnumerable<(string Key, object Value)> OwnEntries(Severity level, MessageTemplate message)
    {
        yield return (KeyCase.LevelKey, level.ToString());
        yield return ("Message", message.Text);
        yield return ("Timestamp", DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture));
        yield return ("Service", Service);
        yield return ("ColdStart", PowertoolsEnvironment.IsColdStart);
        if (PowertoolsEnvironment.Value("_X_AMZN_TRACE_ID") is { } trace)
        {
            yield return ("XrayTraceId", trace.Split(';')[0].Replace("Root=", "", StringComparison.Ordinal));
        }

        yield return ("Name", "AWS.Lambda.Powertools.Logging.Logger");
        if (SamplingRate > 0)
        {
            yield return ("SamplingRate", SamplingRate);
        }
    }

    private static IEnumerable<(string Key, object Value)> ExtraEntries(MessageTemplate message)
    {
        (string, object)[] appended;
        lock (Gate)
        {
            appended = [.. Appended.Select(pair => (pair.Key, pair.Value))];
        }

        return appended.Concat(message.Values).Where(entry => !IsOwn(entry.Item1));
    }

    private static bool IsOwn(string key) => OwnKeys.Contains(
        key.Replace("_", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Lambda's own level, where there is one, wins over Powertools'; a sampled process logs from Debug on.
    /// </summary>
    private static Severity ReadMinimum()
    {
        var level = PowertoolsEnvironment.Value("AWS_LAMBDA_LOG_LEVEL")?.ToUpperInvariant() switch
        {
            "TRACE" => Severity.Trace,
            "DEBUG" => Severity.Debug,
            "INFO" => Severity.Information,
            "WARN" => Severity.Warning,
            "ERROR" => Severity.Error,
            "FATAL" => Severity.Critical,
            _ when Enum.TryParse(PowertoolsEnvironment.Value("POWERTOOLS_LOG_LEVEL"), true, out Severity own) => own,
            _ => Severity.Information,
        };
        var sample = SamplingRate > 0 ? Random.Shared.NextDouble() : 1;
        if (SamplingRate == 0 || sample > SamplingRate)
        {
            return level;
        }

        PowertoolsConsole.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Changed log level to DEBUG based on Sampling configuration. Sampling Rate: {SamplingRate}, "
            + $"Sampler Value: {sample}."));
        return Severity.Debug;
    }

    /// <returns>0 to 1; anything else counts as 0.</returns>
    private static double ReadSamplingRate() =>
        double.TryParse(
            PowertoolsEnvironment.Value("POWERTOOLS_LOGGER_SAMPLE_RATE"), CultureInfo.InvariantCulture, out var rate)
        && rate is >= 0 and <= 1
            ? rate
            : 0;
}
