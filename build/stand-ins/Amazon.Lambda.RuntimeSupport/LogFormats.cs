using System;
using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The names of Amazon.Lambda.Core.LogLevel, as the log writes them.</summary>
internal enum LogSeverity
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <param name="At">UTC.</param>
internal sealed record LogLine(
    DateTime At, LogSeverity Level, InvocationHeaders Invocation, MessageTemplate Message, Exception Exception);

internal interface ILogFormat
{
    string Format(LogLine line);
}

/// <summary>time TAB request id TAB level TAB message, and the exception on the lines after it.</summary>
internal sealed class TextLogFormat(bool prefixed) : ILogFormat
{
    public string Format(LogLine line)
    {
        var text = new StringBuilder();
        if (prefixed)
        {
            text.Append(MessageTemplate.Text(line.At)).Append('\t')
                .Append(line.Invocation?.RequestId).Append('\t').Append(Label(line.Level)).Append('\t');
        }

        var message = line.Message.Render();
        text.Append(message);
        if (line.Exception is not null)
        {
            text.Append(message.Length > 0 ? "\n" : "").Append(line.Exception);
        }

        return text.ToString();
    }

    private static string Label(LogSeverity level) => level switch
    {
        LogSeverity.Trace => "trce",
        LogSeverity.Debug => "dbug",
        LogSeverity.Information => "info",
        LogSeverity.Warning => "warn",
        LogSeverity.Error => "fail",
        _ => "crit",
    };
}

/// <summary>
/// One JSON object a line: time, level, ids, message, then the template's arguments and the exception.
/// </summary>
internal sealed class JsonLogFormat : ILogFormat
{
    public string Format(LogLine line)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("timestamp", MessageTemplate.Text(line.At));
            writer.WriteString("level", line.Level.ToString());
            WriteUnlessEmpty(writer, "requestId", line.Invocation?.RequestId);
            WriteUnlessEmpty(writer, "tenantId", line.Invocation?.TenantId);
            WriteUnlessEmpty(writer, "traceId", line.Invocation?.TraceId);
            writer.WriteString("message", line.Message.Render());
            foreach (var (name, value) in line.Message.Properties())
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value);
            }

            WriteException(writer, line.Exception);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter writer, string name, string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteException(Utf8JsonWriter writer, Exception exception)
    {
        if (exception is null)
        {
            return;
        }

        writer.WriteString("errorType", exception.GetType().FullName);
        writer.WriteString("errorMessage", exception.Message);
        writer.WriteStartArray("stackTrace");
        foreach (var line in exception.ToString().Split('\n'))
        {
            writer.WriteStringValue(line.Trim());
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool b: writer.WriteBooleanValue(b); break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong u: writer.WriteNumberValue(u); break;
            case float f: writer.WriteNumberValue(f); break;
            case double d: writer.WriteNumberValue(d); break;
            case decimal m: writer.WriteNumberValue(m); break;
            case IDictionary pairs: WritePairs(writer, pairs); break;
            case byte[]: writer.WriteStringValue(MessageTemplate.Text(value)); break;
            case IList items: WriteItems(writer, items); break;
            default: writer.WriteStringValue(MessageTemplate.Text(value)); break;
        }
    }

    private static void WritePairs(Utf8JsonWriter writer, IDictionary pairs)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry pair in pairs)
        {
            writer.WritePropertyName(pair.Key.ToString()!);
            WriteValue(writer, pair.Value);
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, IList items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            WriteValue(writer, item);
        }

        writer.WriteEndArray();
    }
}
