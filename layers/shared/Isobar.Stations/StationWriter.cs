using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;
using Isobar.Tables;

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
public sealed class StationWriter(
    IAmazonDynamoDB client, string table, Backoff backoff, TimeProvider clock, int stationsAtATime = 16)
{
    /// <summary>How long the years of a replaced version stay for readers that have begun.</summary>
    public static readonly TimeSpan ReplacedLifetime = TimeSpan.FromDays(1);

    private readonly BatchWrite batch = new(client, table, backoff);
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

    /// <summary>Lists the stations under their countries, and the version's source under each station.</summary>
    public async Task AddStationsAsync(
        SourceVersion version, IReadOnlyCollection<string> stations, CancellationToken cancellationToken)
    {
        // First, so that a country is never missing from the list of the countries that have stations.
        await batch.PutAsync(
            stations.Select(StationSchema.CountryOf).Distinct()
                .Select(country => StationSchema.Key(StationSchema.Countries, country)),
            cancellationToken);
        await EachAsync(version, stations, key => AddVersionAsync(key, version, cancellationToken));
    }

    /// <summary>Takes back what <see cref="AddStationsAsync"/> did, except for the list of countries.</summary>
    public Task RemoveStationsAsync(
        SourceVersion version, IReadOnlyCollection<string> stations, CancellationToken cancellationToken) =>
        EachAsync(version, stations, key => RemoveVersionAsync(key, version, cancellationToken));

    private async Task EachAsync(
        SourceVersion version, IEnumerable<string> stations,
        Func<Dictionary<string, AttributeValue>, Task> write)
    {
        foreach (var group in stations.Chunk(stationsAtATime))
            await Task.WhenAll(group.Select(WriteAsync));

        async Task WriteAsync(string station)
        {
            await write(StationSchema.Key(station, StationSchema.SourcePartition(version.Source)));
            await write(StationSchema.Key(
                StationSchema.CountryPartition(StationSchema.CountryOf(station)), station));
        }
    }

    private Task AddVersionAsync(
        Dictionary<string, AttributeValue> key, SourceVersion version, CancellationToken cancellationToken) =>
        client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = key,
                UpdateExpression = "ADD versions :version",
                ExpressionAttributeValues = new() { [":version"] = Set(version) },
            },
            cancellationToken);

    private async Task RemoveVersionAsync(
        Dictionary<string, AttributeValue> key, SourceVersion version, CancellationToken cancellationToken)
    {
        await client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = key,
                UpdateExpression = "DELETE versions :version",
                ExpressionAttributeValues = new() { [":version"] = Set(version) },
            },
            cancellationToken);
        try
        {
            // A set that loses its last element is gone. Another version may have come in between.
            await client.DeleteItemAsync(
                new DeleteItemRequest
                {
                    TableName = table, Key = key, ConditionExpression = "attribute_not_exists(versions)",
                },
                cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // Other versions have the station.
        }
    }

    private static AttributeValue Set(SourceVersion version) => new() { SS = [StationSchema.NameOf(version)] };
}
