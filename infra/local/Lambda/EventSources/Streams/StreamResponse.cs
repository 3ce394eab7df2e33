using System.Text.Json;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>What a function's answer says about the records of its batch.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Configuring partial batch response with DynamoDB and Lambda" and "Using
/// tumbling windows"; what counts as success as recorded against AWS in November 2025.
/// </remarks>
internal static class StreamResponse
{
    private const string NotAReport = "The response is not a valid partial batch response.";
    private const string NoState = "The response of a tumbling window's invocation has no state.";

    /// <summary>Reads the answer of a function that has not failed itself.</summary>
    public static StreamOutcome Read(ReadOnlyMemory<byte> payload, StreamBatch batch, bool reportsItems)
    {
        ReadOnlyMemory<byte>? state = null;
        if (batch.Window is not null)
        {
            if (StateOf(payload) is not { } found) return new StreamOutcome.Failed(null, NoState);
            state = found;
        }

        if (!reportsItems || IsEmpty(payload)) return new StreamOutcome.Succeeded(state);
        var numbers = batch.Records.Select(record => record.Record.SequenceNumber).ToHashSet(StringComparer.Ordinal);
        if (BatchResponse.Failures(payload, numbers) is not { } failed)
            return new StreamOutcome.Failed(null, NotAReport);
        for (var i = 0; i < batch.Records.Count; i++)
            if (failed.Contains(batch.Records[i].Record.SequenceNumber))
                return new StreamOutcome.TookUpTo(i, state);
        return new StreamOutcome.Succeeded(state);
    }

    // An empty list and an empty text are success too, other than for queues.
    private static bool IsEmpty(ReadOnlyMemory<byte> payload) =>
        payload.Span.Trim(" \t\r\n"u8) is var text && (text.SequenceEqual("[]"u8) || text.SequenceEqual("\"\""u8));

    private static ReadOnlyMemory<byte>? StateOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("state", out var state)
                && state.ValueKind == JsonValueKind.Object
                    ? JsonSerializer.SerializeToUtf8Bytes(state, StateJson.Default.JsonElement)
                    : (ReadOnlyMemory<byte>?)null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class StateJson : System.Text.Json.Serialization.JsonSerializerContext;
