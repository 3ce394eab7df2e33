using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;
using Isobar.Tables;
using static Isobar.Tables.Attributes;

namespace Isobar.Stations;

/// <summary>
/// Writes what versions of sources contribute to stations. Every member may be repeated and interrupted at any point.
/// Readers see nothing of a version before <see cref="CurrentVersions"/> says that it is current.
/// </summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before items that DynamoDB left unprocessed are sent again.</param>
/// <param name="clock">Tells when the items of a replaced version expire.</param>
/// <param name="stationsAtATime">Stations whose items are written at the same time.</param>
/// <param name="batchesAtATime">Calls for 25 items each that are under way at the same time.</param>
public sealed class StationWriter(
    IAmazonDynamoDB client, string table, Backoff backoff, TimeProvider clock, int stationsAtATime = 16,
    int batchesAtATime = BatchWrite.DefaultCallsAtATime)
{
    /// <summary>How long the years of a replaced version stay for readers that have begun.</summary>
    public static readonly TimeSpan ReplacedLifetime = TimeSpan.FromDays(1);

    private readonly BatchWrite batch = new(client, table, backoff, batchesAtATime);
    private readonly Retention replaced = new(ReplacedLifetime, clock);

    public Task PutYearsAsync(
        SourceVersion version, IEnumerable<StationYear> years, CancellationToken cancellationToken) =>
        batch.PutAsync(years.Select(year => StationSchema.YearItem(version, year)), cancellationToken);

    /// <summary>
    /// Lets the years of a version that is not current any more, or never will be, expire. It writes them again: what
    /// DynamoDB has deleted already comes back for as long.
    /// </summary>
    public Task ExpireYearsAsync(
        SourceVersion version, IEnumerable<StationYear> years, CancellationToken cancellationToken) =>
        batch.PutAsync(
            years.Select(year => replaced.Stamp(StationSchema.YearItem(version, year))), cancellationToken);

    /// <summary>Names the version's source under each station, and lists the stations under their countries.</summary>
    public async Task AddStationsAsync(
        SourceVersion version, IReadOnlyCollection<string> stations, CancellationToken cancellationToken)
    {
        // First the sources: RemoveAsync relies on it that a station that is being listed has one.
        await EachAsync(stations, station => AddSourceAsync(station, version, cancellationToken));
        // The country before its stations, so that the list of countries never lacks one.
        await batch.PutAsync(
            stations.Select(StationSchema.CountryOf).Distinct()
                .Select(country => StationSchema.Key(StationSchema.Countries, country)),
            cancellationToken);
        await batch.PutAsync(
            stations.Select(station => StationSchema.ListedItem(station, version)), cancellationToken);
    }

    /// <summary>Takes back what <see cref="AddStationsAsync"/> did, except for the list of countries.</summary>
    public Task RemoveStationsAsync(
        SourceVersion version, IReadOnlyCollection<string> stations, CancellationToken cancellationToken) =>
        EachAsync(stations, station => RemoveAsync(station, version, cancellationToken));

    private async Task EachAsync(IEnumerable<string> stations, Func<string, Task> write)
    {
        foreach (var group in stations.Chunk(stationsAtATime)) await Task.WhenAll(group.Select(write));
    }

    private Task AddSourceAsync(string station, SourceVersion version, CancellationToken cancellationToken) =>
        client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = StationSchema.SourceKey(station, version.Source),
                UpdateExpression = "ADD versions :version",
                ExpressionAttributeValues = new() { [":version"] = new() { SS = [version.Order] } },
            },
            cancellationToken);

    // Of the versions of a source that have the station, one less; without any, the source is gone; and without any
    // source, the station from its country's list.
    private async Task RemoveAsync(string station, SourceVersion version, CancellationToken cancellationToken)
    {
        var source = StationSchema.SourceKey(station, version.Source);
        await client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = source,
                UpdateExpression = "DELETE versions :version",
                ExpressionAttributeValues = new() { [":version"] = new() { SS = [version.Order] } },
            },
            cancellationToken);
        // A set that loses its last element is gone. Another version may have come in between.
        await DeleteIfAsync(source, "attribute_not_exists(versions)", null, cancellationToken);

        // Whoever lists the station after this read changes the item, and whoever did before it has named a source.
        var listed = await client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = StationSchema.ListedKey(station), ConsistentRead = true },
            cancellationToken);
        if (listed.Item is not { Count: > 0 } item || await HasSourceAsync(station, cancellationToken)) return;
        await DeleteIfAsync(
            StationSchema.ListedKey(station), "#by = :by", item[StationSchema.ListedBy], cancellationToken);
    }

    private async Task<bool> HasSourceAsync(string station, CancellationToken cancellationToken)
    {
        var answer = await client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "station = :station AND begins_with(#item, :prefix)",
                ExpressionAttributeNames = new() { ["#item"] = "item" },
                ExpressionAttributeValues = new()
                {
                    [":station"] = Text(station), [":prefix"] = Text(StationSchema.SourcePrefix),
                },
                Limit = 1,
                ConsistentRead = true,
            },
            cancellationToken);
        return answer.Items is { Count: > 0 };
    }

    private async Task DeleteIfAsync(
        Dictionary<string, AttributeValue> key, string condition, AttributeValue? listedBy,
        CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest { TableName = table, Key = key, ConditionExpression = condition };
        if (listedBy is not null)
        {
            request.ExpressionAttributeNames = new() { ["#by"] = StationSchema.ListedBy };
            request.ExpressionAttributeValues = new() { [":by"] = listedBy };
        }

        try
        {
            await client.DeleteItemAsync(request, cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another version has the station.
        }
    }
}
