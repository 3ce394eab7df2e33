using System.Text;
using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>Lines that processes wrote, as events.</summary>
internal static class LogLines
{
    /// <param name="source">Who wrote it: the function or an extension.</param>
    /// <param name="format">In the JSON format a line that is an object is one for newer subscribers, too.</param>
    public static TelemetryEvent Event(
        DateTimeOffset at, TelemetryTypes source, LoggingFormat format, ReadOnlySpan<byte> line)
    {
        var type = source == TelemetryTypes.Extension ? "extension" : "function";
        var written = PlatformEvents.Line(at, source, type, Encoding.UTF8.GetString(line));
        if (format != LoggingFormat.Json || line is not [(byte)'{', .., (byte)'}'] || !IsObject(line)) return written;
        var record = line.ToArray();
        return written with
        {
            Structured = PlatformEvents.Envelope(at, type, writer =>
            {
                writer.WritePropertyName("record");
                writer.WriteRawValue(record, skipInputValidation: true);
            }),
        };
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
