using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Lineage;

/// <summary>The version of a source that readers see.</summary>
/// <param name="Order">Of two versions of a source, the one with the greater order is newer.</param>
internal sealed record CurrentItem(string Bucket, string Key, string VersionId, string Order, string Job)
{
    public string Place => $"{Bucket}/{Key}";
}

/// <summary>What one version of a source contributes to a month of a station.</summary>
/// <param name="Source">The hexadecimal id of bucket and key.</param>
/// <param name="Accepted">Rows, whatever their element.</param>
/// <param name="Json">The month as it is stored.</param>
internal sealed record Contribution(string Source, string Order, string Job, long Accepted, string Json)
{
    public bool IsOf(CurrentItem current) => current.Order == Order;
}

/// <summary>A line of partial aggregates: the part that names it, and what it counts.</summary>
internal sealed record PartialLine(string Station, string Month, IReadOnlyDictionary<string, long> Elements)
{
    public long Accepted => Elements.Values.Sum();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PartialLine))]
internal sealed partial class PartialJson : JsonSerializerContext;

/// <summary>Reads the stations table.</summary>
internal sealed class StationItems(IAmazonDynamoDB tables, string table)
{
    /// <summary>Contributions to one year of a station that are read.</summary>
    public const int MaxContributions = 200;

    private const int OrderDigits = 64;
    private const int SourceBytes = 16;

    /// <summary>The id of bucket and key, in the tables' keys.</summary>
    public static string SourceOf(string bucket, string key) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{bucket}\n{key}")).AsSpan(0, SourceBytes));

    /// <summary>A sequencer in the form in which versions compare ordinally.</summary>
    public static string OrderOf(string sequencer) => sequencer.ToUpperInvariant().PadRight(OrderDigits, '0');

    /// <returns>Null if no version of the source has been current.</returns>
    public async Task<CurrentItem?> CurrentAsync(string source, CancellationToken cancellationToken)
    {
        var item = await ItemAsync($"source#{source}", "current", cancellationToken);
        return item is null
            ? null
            : new CurrentItem(
                item["bucket"].S, item["key"].S, item["versionId"].S, item["order"].S, item["job"].S);
    }

    /// <summary>The shards of a version that are in, as far as that is still known.</summary>
    public async Task<IReadOnlyList<int>> ShardsInAsync(
        string source, string order, CancellationToken cancellationToken) => Shards(
        await ItemAsync($"source#{source}", $"version#{order}", cancellationToken));

    public static IReadOnlyList<int> Shards(Dictionary<string, AttributeValue>? item) =>
    [
        .. (item?.GetValueOrDefault("shards")?.NS ?? [])
            .Select(shard => int.Parse(shard, CultureInfo.InvariantCulture)).Order(),
    ];

    /// <summary>What each version of each source has of a month, current or not.</summary>
    /// <param name="month"><c>yyyy-MM</c>.</param>
    public async Task<(IReadOnlyList<Contribution> Found, bool IsAll)> ContributionsAsync(
        string station, string month, CancellationToken cancellationToken)
    {
        var answer = await tables.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "station = :station AND begins_with(#item, :year)",
                ExpressionAttributeNames = new() { ["#item"] = "item" },
                ExpressionAttributeValues = new()
                {
                    [":station"] = new AttributeValue(station), [":year"] = new AttributeValue($"year#{month[..4]}#"),
                },
                ConsistentRead = true,
                Limit = MaxContributions,
            },
            cancellationToken);
        return (
            [.. (answer.Items ?? []).Select(item => Of(item, station, month)).OfType<Contribution>()],
            answer.LastEvaluatedKey is not { Count: > 0 });
    }

    /// <returns>Null if the year's item has nothing of the month.</returns>
    public static Contribution? Of(Dictionary<string, AttributeValue> item, string station, string month)
    {
        if (item["item"].S.Split('#') is not ["year", _, var source, var order]) return null;
        using var lines = new StreamReader(new GZipStream(item["months"].B, CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            var partial = JsonSerializer.Deserialize(line, PartialJson.Default.PartialLine)!;
            if (partial.Station == station && partial.Month == month)
                return new Contribution(source, order, item["job"].S, partial.Accepted, line);
        }

        return null;
    }

    private async Task<Dictionary<string, AttributeValue>?> ItemAsync(
        string station, string item, CancellationToken cancellationToken)
    {
        var answer = await tables.GetItemAsync(
            new GetItemRequest
            {
                TableName = table,
                Key = new() { ["station"] = new AttributeValue(station), ["item"] = new AttributeValue(item) },
                ConsistentRead = true,
            },
            cancellationToken);
        return answer.Item is { Count: > 0 } found ? found : null;
    }
}
