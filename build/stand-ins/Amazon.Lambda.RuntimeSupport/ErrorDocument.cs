using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The JSON by which a .NET runtime reports an exception to Lambda and to X-Ray.</summary>
internal static class ErrorDocument
{
    private const int MaxBytes = 256 * 1024;

    /// <summary>
    /// errorType (short name), errorMessage, stackTrace, and cause or causes; indented, at most 256 KiB.
    /// </summary>
    public static byte[] Write(Exception error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions
        {
            Indented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            WriteException(writer, error);
        }

        return buffer.WrittenCount > MaxBytes
            ? Encoding.UTF8.GetBytes("{\"errorMessage\": \"Exception exceeded maximum payload size of 256KB.\"}")
            : buffer.WrittenSpan.ToArray();
    }

    /// <summary>X-Ray's cause document, on one line and in ASCII, since it travels in a header.</summary>
    public static string WriteXRayCause(Exception error)
    {
        var frames = new StackTrace(error, true).GetFrames();
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("working_directory", Directory.GetCurrentDirectory());
            writer.WriteStartArray("exceptions");
            writer.WriteStartObject();
            writer.WriteString("type", error.GetType().Name);
            writer.WriteString("message", error.Message);
            WriteFrames(writer, frames);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteStartArray("paths");
            foreach (var path in frames.Select(f => f.GetFileName()).Where(p => p is not null).Distinct())
            {
                writer.WriteStringValue(path);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.ASCII.GetString(buffer.WrittenSpan);
    }

    private static void WriteException(Utf8JsonWriter writer, Exception error)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", error.GetType().Name);
        writer.WriteString("errorMessage", error.Message);
        var lines = StackLines(error);
        if (lines.Length > 0)
        {
            writer.WriteStartArray("stackTrace");
            foreach (var line in lines)
            {
                writer.WriteStringValue(line);
            }

            writer.WriteEndArray();
        }

        if (error.InnerException is not null)
        {
            writer.WritePropertyName("cause");
            WriteException(writer, error.InnerException);
        }

        if (error is AggregateException { InnerExceptions.Count: > 0 } aggregate)
        {
            writer.WriteStartArray("causes");
            foreach (var inner in aggregate.InnerExceptions)
            {
                WriteException(writer, inner);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static string[] StackLines(Exception error) => error.StackTrace is null
        ? []
        : new StackTrace(error, true).ToString().Split(
            '\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static void WriteFrames(Utf8JsonWriter writer, IReadOnlyCollection<StackFrame> frames)
    {
        if (frames.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("stack");
        foreach (var frame in frames)
        {
            writer.WriteStartObject();
            if (frame.GetFileName() is { } path)
            {
                writer.WriteString("path", path);
            }

            writer.WriteString("label", Label(frame));
            if (frame.GetFileName() is not null)
            {
                writer.WriteNumber("line", frame.GetFileLineNumber());
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Label(StackFrame frame)
    {
        var method = DiagnosticMethodInfo.Create(frame);
        return method is null ? "Method has been trimmed" : $"{ShortName(method.DeclaringTypeName)}.{method.Name}";
    }

    private static string ShortName(string typeName) => typeName[(typeName.LastIndexOfAny(['.', '+']) + 1)..];
}
