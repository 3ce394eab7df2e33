using System.Text;
using System.Text.Json;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>The original event as a function's dead-letter queue or topic receives it.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Adding a dead-letter queue"; attributes as recorded against AWS in November
/// 2025.
/// </remarks>
internal static class FunctionDeadLetter
{
    /// <summary>Bytes of the error's message that are kept.</summary>
    private const int MaxMessageBytes = 1_024;

    public static TargetEvent Of(EndedEvent ended, EventFailure failure, DeliverySource from)
    {
        var attributes = new Dictionary<string, TargetAttribute>
        {
            ["RequestID"] = TargetAttribute.Text(ended.Request.RequestId),
            ["ErrorCode"] = TargetAttribute.Number(failure.Status),
        };
        // An attribute must not be empty.
        if (Cut(failure.Message) is { Length: > 0 } message)
            attributes["ErrorMessage"] = new TargetAttribute("String", message);
        return new TargetEvent(ended.Request.Payload, from)
        {
            Attributes = attributes,
            TraceHeader = ended.Request.TraceId,
        };
    }

    // What a queue takes: no control characters; and never half a character.
    private static byte[] Cut(string message)
    {
        var clean = new StringBuilder();
        var bytes = 0;
        foreach (var rune in message.EnumerateRunes())
        {
            var allowed = (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r'))
                || rune.Value is 0xFFFE or 0xFFFF ? Rune.ReplacementChar : rune;
            bytes += allowed.Utf8SequenceLength;
            if (bytes > MaxMessageBytes) break;
            clean.Append(allowed);
        }

        return Encoding.UTF8.GetBytes(clean.ToString());
    }
}

/// <summary>Why the last try of an event failed, whether it reached the function or not.</summary>
/// <param name="Status">The HTTP status of the invocation: 200 when the function ran.</param>
/// <param name="Message">The error's message; empty when it has none.</param>
internal readonly record struct EventFailure(int Status, string Message)
{
    public static EventFailure Throttled { get; } = new(429, "Rate Exceeded.");

    /// <summary>Reads the message of a function's error document.</summary>
    public static EventFailure Of(ReadOnlyMemory<byte> errorDocument)
    {
        try
        {
            using var document = JsonDocument.Parse(errorDocument);
            return new EventFailure(200, document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("errorMessage", out var message)
                && message.ValueKind == JsonValueKind.String
                    ? message.GetString()!
                    : "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new EventFailure(200, "");
        }
    }
}
