using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;
using Isobar.Tables;
using static Isobar.Tables.Attributes;

namespace Isobar.Stations;

/// <summary>
/// Knows which version of each source readers see, and changes it: never back, and in one write. Knows which others
/// may be in the table, too, whether they have been current or not.
/// </summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before a conflicting write is tried again.</param>
public sealed class CurrentVersions(IAmazonDynamoDB client, string table, Backoff backoff)
{
    /// <summary>How often the current version is read and written when another writer changes it in between.</summary>
    public const int Tries = 5;

    /// <param name="source">See <see cref="Domain.SourceId"/>.</param>
    /// <returns>Null if no version of the source has been current.</returns>
    public async Task<StoredVersion?> FindAsync(string source, CancellationToken cancellationToken)
    {
        var answer = await client.GetItemAsync(
            new GetItemRequest
            {
                TableName = table, Key = StationSchema.CurrentKey(source), ConsistentRead = true,
            },
            cancellationToken);
        return answer.Item is { Count: > 0 } item ? StationSchema.ReadVersion(item) : null;
    }

    /// <summary>
    /// Records a version before anything of it is written, so that <see cref="OlderAsync"/> finds it.
    /// </summary>
    public Task BeginAsync(StoredVersion stored, CancellationToken cancellationToken) =>
        UpdateAsync(stored, written: null, cancellationToken);

    /// <summary>Records that all items of a shard of the version are written.</summary>
    /// <returns>The shards of which that is recorded, ascending.</returns>
    public async Task<IReadOnlyList<int>> AddShardAsync(
        StoredVersion stored, int shard, CancellationToken cancellationToken) =>
        (await UpdateAsync(stored, shard, cancellationToken)).OptionalNumberSet(StationSchema.Written);

    /// <summary>The versions of a source that are older than this one and may be in the table, oldest first.</summary>
    public async Task<IReadOnlyList<StoredVersion>> OlderAsync(
        SourceVersion version, CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "station = :source AND #item BETWEEN :first AND :last",
            ExpressionAttributeNames = new() { ["#item"] = "item" },
            ExpressionAttributeValues = new()
            {
                [":source"] = Text(StationSchema.SourcePartition(version.Source)),
                [":first"] = Text(StationSchema.VersionPrefix),
                [":last"] = StationSchema.VersionKey(version)["item"],
            },
            ConsistentRead = true,
        };
        return await client.ItemsAsync(request, cancellationToken).Select(StationSchema.ReadVersion)
            .Where(found => version.IsNewerThan(found.Version)).ToListAsync(cancellationToken);
    }

    /// <summary>Takes back <see cref="BeginAsync"/>: what may be written of the version is sure to expire.</summary>
    public Task ForgetAsync(SourceVersion version, CancellationToken cancellationToken) => client.DeleteItemAsync(
        new DeleteItemRequest { TableName = table, Key = StationSchema.VersionKey(version) }, cancellationToken);

    /// <summary>Makes the version current unless it is, or a newer one is.</summary>
    /// <param name="stored">All of its shards are written.</param>
    /// <returns>What is current afterwards.</returns>
    /// <exception cref="IOException">Another writer changed the current version on each try.</exception>
    public async Task<StoredVersion> AdvanceAsync(StoredVersion stored, CancellationToken cancellationToken)
    {
        var version = stored.Version;
        for (var attempt = 1; ; attempt++)
        {
            var seen = await FindAsync(version.Source, cancellationToken);
            if (seen is not null && !version.IsNewerThan(seen.Version)) return seen;
            try
            {
                await PutAsync(stored, seen, cancellationToken);
                return stored;
            }
            catch (ConditionalCheckFailedException e)
            {
                if (attempt == Tries)
                    throw new IOException($"Others changed source {version.Source} on each of {Tries} tries.", e);
                await backoff.WaitAsync(attempt, cancellationToken);
            }
        }
    }

    private Task PutAsync(StoredVersion next, StoredVersion? seen, CancellationToken cancellationToken)
    {
        var put = new PutItemRequest { TableName = table, Item = StationSchema.CurrentItem(next) };
        if (seen is null)
        {
            put.ConditionExpression = "attribute_not_exists(station)";
        }
        else
        {
            put.ConditionExpression = "#order = :seen";
            put.ExpressionAttributeNames = new() { ["#order"] = StationSchema.Order };
            put.ExpressionAttributeValues = new() { [":seen"] = Text(seen.Version.Order) };
        }

        return client.PutItemAsync(put, cancellationToken);
    }

    private async Task<Dictionary<string, AttributeValue>> UpdateAsync(
        StoredVersion stored, int? written, CancellationToken cancellationToken)
    {
        var attributes = StationSchema.VersionAttributes(stored);
        var update = new UpdateItemRequest
        {
            TableName = table,
            Key = StationSchema.VersionKey(stored.Version),
            UpdateExpression = "SET " + string.Join(", ", attributes.Keys.Select(name => $"#{name} = :{name}")),
            ExpressionAttributeNames = attributes.Keys.ToDictionary(name => $"#{name}"),
            ExpressionAttributeValues = attributes.ToDictionary(entry => $":{entry.Key}", entry => entry.Value),
            ReturnValues = ReturnValue.ALL_NEW,
        };
        if (written is { } shard)
        {
            update.UpdateExpression += $" ADD {StationSchema.Written} :written";
            update.ExpressionAttributeValues[":written"] = NumberSet([shard]);
        }

        return (await client.UpdateItemAsync(update, cancellationToken)).Attributes;
    }
}
