using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Tables;

namespace Isobar.Readings;

/// <summary>Reads the table of live readings.</summary>
public interface ILiveReader
{
    /// <returns>Null if the table has nothing of the station.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    Task<LiveStation?> FindAsync(string station, CancellationToken cancellationToken);
}

/// <summary>Reads the table of live readings.</summary>
/// <param name="table">Its name.</param>
public sealed class LiveReader(IAmazonDynamoDB client, string table) : ILiveReader
{
    public async Task<LiveStation?> FindAsync(string station, CancellationToken cancellationToken)
    {
        // A station's nine items are far below the 1 MB of a page.
        var answer = await client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "#station = :station",
                ExpressionAttributeNames = new() { ["#station"] = LiveSchema.Station },
                ExpressionAttributeValues = new() { [":station"] = Attributes.Text(station) },
            },
            cancellationToken);
        if (answer.Items is not { Count: > 0 } items) return null;
        return new LiveStation(
            [.. items.Where(item => Name(item).StartsWith(LiveSchema.Latest, StringComparison.Ordinal)).Select(Latest)],
            items.Find(item => Name(item) == LiveSchema.Window) is { } window ? Window(window) : null);
    }

    private static string Name(Dictionary<string, AttributeValue> item) => item[LiveSchema.Item].S;

    private static Reading Latest(Dictionary<string, AttributeValue> item) => new(
        item[LiveSchema.Station].S, Name(item)[LiveSchema.Latest.Length..], item.Number(LiveSchema.Value),
        item.Instant(LiveSchema.At));

    private static StationWindow Window(Dictionary<string, AttributeValue> item) => new(
        item.Instant(LiveSchema.Start), item.Instant(LiveSchema.End),
        [
            .. item[LiveSchema.Parts].M.Values.SelectMany(part => part.M)
                .GroupBy(element => element.Key, element => element.Value.M)
                .OrderBy(element => element.Key, StringComparer.Ordinal)
                .Select(element => Mean(element.Key, [.. element])),
        ]);

    private static ElementMean Mean(string element, IReadOnlyList<Dictionary<string, AttributeValue>> parts)
    {
        var count = parts.Sum(part => part.Number(LiveSchema.Count));
        var sum = parts.Sum(part => part.Number(LiveSchema.Sum));
        return new ElementMean(element, count, Math.Round((decimal)sum / count / 1_000m, 3, MidpointRounding.ToEven));
    }
}
