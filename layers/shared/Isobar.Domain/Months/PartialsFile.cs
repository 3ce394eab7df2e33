using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Domain;

/// <summary>Months as JSON Lines: what one shard of one chunk contributes.</summary>
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

    /// <summary>Some months as one text in the same form; the same months give the same text.</summary>
    public static string Write(IEnumerable<MonthPartial> months) => string.Concat(
        months.Select(month => JsonSerializer.Serialize(month, PartialsJson.Default.MonthPartial) + "\n"));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">Not months.</exception>
    public static IReadOnlyList<MonthPartial> Read(string text) => [.. text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonSerializer.Deserialize(line, PartialsJson.Default.MonthPartial)
            ?? throw new JsonException("A month is not null."))];

    /// <summary>Merges a file into a table.</summary>
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
            table.Add(month ?? throw new JsonException("A month is not null."));
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
