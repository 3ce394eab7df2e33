using System.Text.Json;

namespace Isobar.Instrumentation.Lambda;

/// <summary>What Lambda tells an extension of an invocation.</summary>
/// <param name="Deadline">When the function's timeout is over.</param>
/// <param name="TraceHeader">X-Ray's, such as <c>Root=1-…;Parent=…;Sampled=0</c>; empty if there is none.</param>
internal readonly record struct InvokeEvent(string RequestId, DateTimeOffset Deadline, string TraceHeader)
{
    /// <exception cref="JsonException">It is no event.</exception>
    public static InvokeEvent Parse(ReadOnlySpan<byte> json)
    {
        var (requestId, deadlineMs, header) = ("", 0L, "");
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.ValueTextEquals("requestId"u8) && reader.Read()) requestId = reader.GetString() ?? "";
            else if (reader.ValueTextEquals("deadlineMs"u8) && reader.Read()) deadlineMs = reader.GetInt64();
            else if (reader.ValueTextEquals("value"u8) && reader.Read()) header = reader.GetString() ?? "";
        }

        return new InvokeEvent(requestId, DateTimeOffset.FromUnixTimeMilliseconds(deadlineMs), header);
    }
}
