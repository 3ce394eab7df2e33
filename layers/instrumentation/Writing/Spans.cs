using System.Globalization;
using System.Text.Json;
using Isobar.Instrumentation.Calls;
using Isobar.Instrumentation.Lambda;

namespace Isobar.Instrumentation.Writing;

/// <summary>
/// Calls as spans of the invocation's trace, as many in a line as stay below the size that is written at once.
/// </summary>
internal static class Spans
{
    // The longest span: a host of 253 characters, a route of 8 parts of 40, and 200 bytes of the rest.
    private const int MaxSpanBytes = 900;

    private const int MaxPerLine = StandardStreams.MaxWholeLineBytes / MaxSpanBytes;

    /// <param name="uncounted">Calls that were not kept.</param>
    public static void Write(
        InvokeEvent invocation, IReadOnlyList<Call> calls, int uncounted, Action<Action<Utf8JsonWriter>> writeLine)
    {
        for (var first = 0; first < calls.Count; first += MaxPerLine)
        {
            var (from, to) = (first, Math.Min(first + MaxPerLine, calls.Count));
            writeLine(writer =>
            {
                writer.WriteStartObject();
                WriteTrace(writer, invocation);
                writer.WriteStartArray("spans");
                for (var call = from; call < to; call++) WriteSpan(writer, calls[call]);
                writer.WriteEndArray();
                if (to == calls.Count && uncounted > 0) writer.WriteNumber("uncounted", uncounted);
                writer.WriteEndObject();
            });
        }
    }

    private static void WriteTrace(Utf8JsonWriter writer, InvokeEvent invocation)
    {
        foreach (var part in invocation.TraceHeader.Split(';'))
        {
            if (part.StartsWith("Root=", StringComparison.Ordinal)) writer.WriteString("traceId", part.AsSpan(5));
            else if (part.StartsWith("Parent=", StringComparison.Ordinal))
                writer.WriteString("parentId", part.AsSpan(7));
            else if (part.StartsWith("Sampled=", StringComparison.Ordinal))
                writer.WriteBoolean("sampled", part == "Sampled=1");
        }

        writer.WriteString("requestId", invocation.RequestId);
    }

    private static void WriteSpan(Utf8JsonWriter writer, Call call)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Random.Shared.NextInt64().ToString("x16", CultureInfo.InvariantCulture));
        writer.WriteString("start", call.Begun.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteNumber("durationMs", Math.Round(call.Duration.TotalMilliseconds, 3));
        writer.WriteString("method", call.Method);
        writer.WriteString("host", call.Host);
        writer.WriteString("route", Route.Of(call.Address));
        if (call.Status > 0) writer.WriteNumber("status", call.Status);
        writer.WriteBoolean("fault", call.IsFault);
        writer.WriteEndObject();
    }
}
