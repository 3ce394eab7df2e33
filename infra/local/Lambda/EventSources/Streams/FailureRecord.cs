using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>What an on-failure destination is told of a batch that was given up.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Configuring destinations for failed invocations"; members and their order as
/// recorded against AWS in November 2025. The payload is a text, as the guide says.
/// </remarks>
internal static class FailureRecord
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="source">The service of the stream, which names and writes some of the members.</param>
    /// <param name="withRecords">Whether the record contains the records: in a bucket it does.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> Of(
        GiveUpBatch given, string requestId, IStreamSource source, bool withRecords, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(2_048);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("requestContext");
            json.WriteString("requestId", requestId);
            json.WriteString("functionArn", given.Mapping.Function.InvokedArn);
            json.WriteString("condition", given.Condition);
            // Recorded: 1 too for records that were too old before the first attempt.
            json.WriteNumber("approximateInvokeCount", Math.Max(1, given.Batch.Attempts));
            json.WriteEndObject();
            if (given.Last is { } last) WriteResponse(json, given, last);
            json.WriteString("version", "1.0");
            json.WriteString("timestamp", now.UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            WriteBatch(json, given, source);
            if (withRecords)
                json.WriteString("payload", Encoding.UTF8.GetString(
                    StreamEvent.Of(new StreamBatch(given.Batch.ShardId, given.Batch.Records), given.Mapping.Stream)
                        .Span));
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteResponse(Utf8JsonWriter json, GiveUpBatch given, StreamOutcome.Failed last)
    {
        json.WriteStartObject("responseContext");
        json.WriteNumber("statusCode", 200);
        json.WriteString("executedVersion", given.ExecutedVersion);
        json.WriteString("functionError", last.FunctionError);
        json.WriteEndObject();
    }

    private static void WriteBatch(Utf8JsonWriter json, GiveUpBatch given, IStreamSource source)
    {
        var (first, last) = (given.Batch.Records[0].Record, given.Batch.Records[^1].Record);
        json.WriteStartObject(source.BatchInfoName);
        json.WriteString("shardId", given.Batch.ShardId);
        json.WriteString("startSequenceNumber", first.SequenceNumber);
        json.WriteString("endSequenceNumber", last.SequenceNumber);
        json.WriteString("approximateArrivalOfFirstRecord", Text(first.Arrived));
        json.WriteString("approximateArrivalOfLastRecord", Text(last.Arrived));
        json.WriteNumber("batchSize", given.Batch.Records.Count);
        json.WriteString("streamArn", given.Mapping.Stream.ToString());
        json.WriteEndObject();

        string Text(DateTimeOffset instant) =>
            instant.UtcDateTime.ToString(source.ArrivalFormat, CultureInfo.InvariantCulture);
    }
}
