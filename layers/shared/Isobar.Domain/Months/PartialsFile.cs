using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Domain;

/// <summary>
/// Months as JSON Lines: what one shard of one chunk contributes, a job's merged months, or a
/// station's months of a year.
/// </summary>
public static class PartialsFile
{
    /// <summary>Writes the months of a shard; the same months give the same bytes.</summary>
    /// <param name="destination">Neither flushed nor closed.</param>
    public static async Task WriteAsync(
        Stream destination, MonthTable table, int shard, CancellationToken cancellation = default)
    {
        using var output = new BlockWriter(destination);
        using var json = new Utf8JsonWriter(output);
        foreach (var month in table.InShard(shard))
        {
            JsonSerializer.Serialize(json, month, PartialsJson.Default.MonthPartial);
            json.Flush();
            json.Reset();
            output.GetSpan(1)[0] = (byte)'\n';
            output.Advance(1);
            await output.WriteBlocksAsync(cancellation);
        }

        await output.CompleteAsync(cancellation);
    }

    /// <summary>Some months in the same form, compressed by gzip; the same months give the same bytes.</summary>
    public static MemoryStream Compress(IEnumerable<MonthPartial> months)
    {
        var compressed = new MemoryStream();
        using (var lines = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            foreach (var month in months)
            {
                lines.Write(JsonSerializer.SerializeToUtf8Bytes(month, PartialsJson.Default.MonthPartial));
                lines.WriteByte((byte)'\n');
            }
        }

        compressed.Position = 0;
        return compressed;
    }

    /// <summary>Reads what <see cref="Compress"/> wrote.</summary>
    /// <exception cref="InvalidDataException">Not compressed by gzip.</exception>
    /// <exception cref="JsonException">Not months.</exception>
    public static IReadOnlyList<MonthPartial> Decompress(Stream compressed)
    {
        var months = new List<MonthPartial>();
        using var lines = new StreamReader(new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true));
        while (lines.ReadLine() is { } line)
        {
            months.Add(JsonSerializer.Deserialize(line, PartialsJson.Default.MonthPartial)
                ?? throw new JsonException("A month is not null."));
        }

        return months;
    }

    /// <summary>Merges a file into a table, while others may be merged into it, too.</summary>
    /// <returns>The months read.</returns>
    /// <exception cref="JsonException">Not a partials file.</exception>
    /// <exception cref="FormatException">A month, station or element is not valid.</exception>
    /// <exception cref="InputRefusedException">The table is full.</exception>
    public static async Task<int> MergeAsync(
        Stream source, MonthTable table, CancellationToken cancellation = default)
    {
        var count = 0;
        var months = JsonSerializer.DeserializeAsyncEnumerable(
            source, PartialsJson.Default.MonthPartial, topLevelValues: true, cancellation);
        await foreach (var month in months)
        {
            if (month is null) throw new JsonException("A month is not null.");
            lock (table) table.Add(month);
            count++;
        }

        return count;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MonthPartial))]
internal sealed partial class PartialsJson : JsonSerializerContext;
