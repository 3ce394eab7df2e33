using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;
using Isobar.Tables;
using static Isobar.Tables.Attributes;

namespace Isobar.Stations;

/// <summary>Knows which version of each source readers see, and changes it: never back, and in one write.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before a conflicting write is tried again.</param>
/// <param name="retention">How long it is kept which shards of a version are in.</param>
public sealed class CurrentVersions(IAmazonDynamoDB client, string table, Backoff backoff, Retention retention)
{
    /// <summary>How often the current version is read and written when another writer changes it in between.</summary>
    public const int Tries = 5;

    /// <param name="source">See <see cref="Domain.SourceId"/>.</param>
    /// <returns>Null if no version of the source has been current.</returns>
    public async Task<CurrentVersion?> FindAsync(string source, CancellationToken cancellationToken)
    {
        var answer = await client.GetItemAsync(
            new GetItemRequest
            {
                TableName = table, Key = StationSchema.CurrentKey(source), ConsistentRead = true,
            },
            cancellationToken);
        return answer.Item is { Count: > 0 } item ? StationSchema.ReadCurrent(item) : null;
    }

    /// <summary>Records that all items of a shard of the version are written.</summary>
    /// <returns>The shards of which that is recorded, ascending.</returns>
    public async Task<IReadOnlyList<int>> AddShardAsync(
        SourceVersion version, int shard, CancellationToken cancellationToken)
    {
        var answer = await client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = StationSchema.VersionKey(version),
                UpdateExpression = $"ADD shards :shard SET {Retention.Attribute} = :expiresAt",
                ExpressionAttributeValues = new()
                {
                    [":shard"] = NumberSet([shard]), [":expiresAt"] = retention.ExpiresAt,
                },
                ReturnValues = ReturnValue.ALL_NEW,
            },
            cancellationToken);
        return StationSchema.ReadShards(answer.Attributes);
    }

    /// <summary>Makes the version current unless it is, or a newer one is.</summary>
    /// <param name="shards">All shards of the version; all of their items are written.</param>
    /// <returns>What is current afterwards.</returns>
    /// <exception cref="IOException">Another writer changed the current version on each try.</exception>
    public async Task<CurrentVersion> AdvanceAsync(
        SourceVersion version, IReadOnlyList<int> shards, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var seen = await FindAsync(version.Source, cancellationToken);
            if (seen is not null && string.CompareOrdinal(seen.Version.Order, version.Order) >= 0) return seen;
            var next = new CurrentVersion(
                version, shards, seen is null ? null : new ReplacedVersion(seen.Version, seen.Shards));
            try
            {
                await PutAsync(next, seen, cancellationToken);
                return next;
            }
            catch (ConditionalCheckFailedException e)
            {
                if (attempt == Tries)
                    throw new IOException($"Others changed source {version.Source} on each of {Tries} tries.", e);
                await backoff.WaitAsync(attempt, cancellationToken);
            }
        }
    }

    private Task PutAsync(CurrentVersion next, CurrentVersion? seen, CancellationToken cancellationToken)
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
}
