using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Isobar.Telemetry.Batching;

namespace Isobar.Functions.Tests.Telemetry;

/// <summary>Short words for the tests of this folder.</summary>
internal static class BufferedLines
{
    public const string EnvironmentId = "0123456789abcdef0123456789abcdef";

    public static readonly DateTimeOffset Now = new(2026, 1, 12, 15, 39, 7, TimeSpan.Zero);

    public static byte[] Lines(params IEnumerable<string> lines) => Array(lines.Select(line => ("function", line)));

    public static byte[] Array(IEnumerable<(string Type, string Record)> events) =>
        JsonSerializer.SerializeToUtf8Bytes(events.Select(
            each => new { time = "2026-01-12T15:39:07.123Z", type = each.Type, record = each.Record }));

    public static byte[] RuntimeDone(int invocation) => Array([("platform.runtimeDone", $"{invocation}")]);

    public static JsonElement[] Read(this SealedBatch batch) => Read(batch.Content);

    public static JsonElement[] Read(ReadOnlyMemory<byte> content)
    {
        using var gzip = new GZipStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
        using var text = new StreamReader(gzip, Encoding.UTF8);
        return [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public static long Sequence(this JsonElement line) => line.GetProperty("sequence").GetInt64();

    public static string? Record(this JsonElement line) => line.GetProperty("record").GetString();
}
