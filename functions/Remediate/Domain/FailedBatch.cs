using System.Text.Json;
using Isobar.Readings;

namespace Isobar.Remediate;

/// <summary>Reads what Lambda writes into a bucket about a batch of a stream that it gave up.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Configuring destinations for failed invocations": the payload is the event of
/// the invocation as a text. An object in its place was seen, too, and is taken.
/// </remarks>
internal static class FailedBatch
{
    /// <param name="stream">The name of the stream from which the batch must be.</param>
    /// <exception cref="InvalidDataException">It is something else, or of another stream.</exception>
    public static IReadOnlyList<StreamEntry> Read(ReadOnlyMemory<byte> utf8Json, string stream)
    {
        try
        {
            using var record = JsonDocument.Parse(utf8Json);
            var arn = record.RootElement.GetProperty("KinesisBatchInfo").GetProperty("streamArn").GetString();
            if (arn is null || !arn.EndsWith(":stream/" + stream, StringComparison.Ordinal))
                throw new InvalidDataException($"The batch is not one of stream {stream}.");
            var payload = record.RootElement.GetProperty("payload");
            if (payload.ValueKind != JsonValueKind.String) return Entries(payload);
            using var inner = JsonDocument.Parse(payload.GetString()!);
            return Entries(inner.RootElement);
        }
        // What is not there, not of its type, or not base64.
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException)
        {
            throw new InvalidDataException("The object is not the record of a failed batch with its records.", e);
        }
    }

    private static List<StreamEntry> Entries(JsonElement payload)
    {
        List<StreamEntry> entries =
        [
            .. payload.GetProperty("Records").EnumerateArray()
                .Select(record => record.GetProperty("kinesis"))
                .Select(record => new StreamEntry(
                    record.GetProperty("partitionKey").GetString()!, record.GetProperty("data").GetBytesFromBase64())),
        ];
        return entries.Count > 0 ? entries : throw new InvalidDataException("The failed batch has no records.");
    }
}
