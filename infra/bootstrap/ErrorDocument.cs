using System.Text.Json;

namespace Isobar.Bootstrap;

/// <summary>An exception as the .NET runtimes report it: type, message, stack trace, cause.</summary>
internal static class ErrorDocument
{
    // An exception that names itself as its cause would never end.
    private const int MaxDepth = 16;

    public static byte[] Of(Exception error)
    {
        using var document = new MemoryStream();
        using (var writer = new Utf8JsonWriter(document)) Write(writer, error, 1);
        return document.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, Exception error, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("errorType", error.GetType().Name);
        writer.WriteString("errorMessage", error.Message);
        writer.WriteStartArray("stackTrace");
        foreach (var line in (error.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            writer.WriteStringValue(line.TrimEnd());
        writer.WriteEndArray();
        if (error.InnerException is { } cause && depth < MaxDepth)
        {
            writer.WritePropertyName("cause");
            Write(writer, cause, depth + 1);
        }

        writer.WriteEndObject();
    }
}
