using System.Buffers.Text;
using System.Text.Json;

namespace Isobar.Probe;

/// <summary>
/// What the Probe does with the records of a stream whose order is to be seen: each has a key and a number, and it
/// throws when a key's number is not larger than the one that this process saw before.
/// </summary>
internal static class OrderProbe
{
    private static readonly Dictionary<string, long> Last = [];

    /// <summary>Whether events with records are for this class.</summary>
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("PROBE_RECORDS") == "order";

    /// <returns>The response: no record has failed.</returns>
    public static byte[] Run(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var record in document.RootElement.GetProperty("Records").EnumerateArray())
        {
            var (key, number) = record.TryGetProperty("kinesis", out var kinesis) ? OfStream(kinesis) : OfTable(record);
            if (Last.TryGetValue(key, out var last) && number <= last)
                throw new ThrownOnPurpose($"{key} has {number} after {last}");
            Last[key] = number;
        }

        return """{"batchItemFailures":[]}"""u8.ToArray();
    }

    private static (string Key, long Number) OfStream(JsonElement kinesis) =>
        Utf8Parser.TryParse(kinesis.GetProperty("data").GetBytesFromBase64(), out long number, out _)
            ? (kinesis.GetProperty("partitionKey").GetString()!, number)
            : throw new ThrownOnPurpose("the data does not begin with a number");

    private static (string Key, long Number) OfTable(JsonElement record)
    {
        var item = record.GetProperty("dynamodb").GetProperty("NewImage");
        return (item.GetProperty("id").GetProperty("S").GetString()!,
            long.Parse(item.GetProperty("n").GetProperty("N").GetString()!));
    }
}
