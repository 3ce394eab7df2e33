using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>How an asynchronous event ended: what its record and its dead letter are made from.</summary>
/// <param name="Condition">
/// <c>Success</c>, <c>RetriesExhausted</c>, <c>EventAgeExceeded</c> or <c>ZeroReservedConcurrency</c>.
/// </param>
/// <param name="ApproximateInvokeCount">Attempts that reached the function, 0 to 3.</param>
/// <param name="Outcome">Of the last attempt that reached the function; null when none did.</param>
/// <param name="At">Service time.</param>
internal sealed record EndedEvent(
    ResolvedFunction Function, InvocationRequest Request, string Condition, int ApproximateInvokeCount,
    InvocationOutcome? Outcome, DateTimeOffset At)
{
    public const string Success = "Success";

    public bool Succeeded => Condition == Success;
}

/// <summary>The invocation record that a destination receives.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Retaining records of Lambda asynchronous invocations"; members and their order
/// as recorded against AWS in November 2025.
/// </remarks>
internal static class InvocationRecord
{
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = LambdaLimits.MaxJsonDepth + 2,
    };

    /// <returns>JSON in UTF-8; both payloads stand in it as they came.</returns>
    public static ReadOnlyMemory<byte> Of(EndedEvent ended)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024 + ended.Request.Payload.Length);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.0");
            json.WriteString("timestamp", ended.At.UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteStartObject("requestContext");
            json.WriteString("requestId", ended.Request.RequestId);
            json.WriteString("functionArn", ended.Function.QualifiedArn);
            json.WriteString("condition", ended.Condition);
            json.WriteNumber("approximateInvokeCount", ended.ApproximateInvokeCount);
            json.WriteEndObject();
            json.WritePropertyName("requestPayload");
            json.WriteRawValue(ended.Request.Payload.Span, skipInputValidation: true);
            if (ended.Outcome is { } outcome) WriteResponse(json, outcome);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteResponse(Utf8JsonWriter json, InvocationOutcome outcome)
    {
        json.WriteStartObject("responseContext");
        json.WriteNumber("statusCode", 200);
        json.WriteString("executedVersion", outcome.ExecutedVersion);
        if (outcome.FunctionError is { } error) json.WriteString("functionError", error);
        json.WriteEndObject();
        json.WritePropertyName("responsePayload");
        // A function may answer with nothing, as one of .NET without a result does, or with bytes that are no JSON.
        if (outcome.Payload.IsEmpty) json.WriteNullValue();
        else if (IsJson(outcome.Payload.Span)) json.WriteRawValue(outcome.Payload.Span, skipInputValidation: true);
        else json.WriteStringValue(Encoding.UTF8.GetString(outcome.Payload.Span));
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        try
        {
            InvocationPayload.Validate(bytes);
            return true;
        }
        catch (Wire.AwsException)
        {
            return false;
        }
    }
}
