using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;
using Isobar.Tables;
using static Isobar.Tables.Attributes;

namespace Isobar.Stations;

/// <summary>A station's page is to be written, because a version of a source changes the station's months.</summary>
/// <param name="Source">See <see cref="Domain.SourceId"/>.</param>
/// <param name="Order">
/// Of the version (<see cref="SourceVersion.Order"/>). The page is not to be written before the source's current
/// version has this order or a greater one.
/// </param>
public sealed record ReportRequest(string Station, string Source, string Order);

/// <summary>Some requests, in the order of their stations.</summary>
/// <param name="Ready">Those whose version is current, or a newer one is.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record ReportPage(IReadOnlyList<ReportRequest> Ready, string? Next);

/// <summary>
/// The stations whose pages are to be written: one partition, one item a station and version. Those of a version that
/// never becomes current wait beside the others of the station, until they expire.
/// </summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before items that DynamoDB left unprocessed are read again.</param>
/// <param name="retention">How long a request is kept.</param>
/// <param name="atATime">Requests that are added at the same time.</param>
public sealed class ReportRequests(
    IAmazonDynamoDB client, string table, Backoff backoff, Retention retention, int atATime = 16)
{
    /// <summary>Adds requests; those that are there already expire later.</summary>
    public async Task AddAsync(
        IEnumerable<string> stations, SourceVersion version, CancellationToken cancellationToken)
    {
        foreach (var group in stations.Chunk(atATime))
            await Task.WhenAll(group.Select(station => AddAsync(station, version, cancellationToken)));
    }

    /// <param name="limit">Requests that are looked at, ready or not: at least 1.</param>
    /// <param name="after">Where the page before ended; null for the first one.</param>
    /// <exception cref="IOException">DynamoDB did not return all of the current versions.</exception>
    public async Task<ReportPage> ReadyAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var answer = await client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                KeyConditionExpression = "station = :report AND #item > :after",
                ExpressionAttributeNames = new() { ["#item"] = "item" },
                ExpressionAttributeValues = new()
                {
                    [":report"] = Text(StationSchema.Report),
                    // Less than every station's id.
                    [":after"] = Text(after ?? " "),
                },
                Limit = limit,
                ConsistentRead = true,
            },
            cancellationToken);
        var requests = (answer.Items ?? []).Select(StationSchema.ReadReport).ToList();
        var items = await new BatchRead(client, table, backoff).ItemsAsync(
            requests.Select(request => request.Source).Distinct().Select(StationSchema.CurrentKey),
            consistentRead: true, cancellationToken);
        var orders = items.Select(StationSchema.ReadVersion)
            .ToDictionary(current => current.Version.Source, current => current.Version.Order);
        return new ReportPage(
            [.. requests.Where(request => orders.TryGetValue(request.Source, out var order)
                && string.CompareOrdinal(order, request.Order) >= 0)],
            answer.LastEvaluatedKey is { Count: > 0 } last ? last["item"].S : null);
    }

    /// <summary>
    /// Removes a request that was ready before the months were read that the page shows. The page has all that its
    /// version changed, whoever may have made the same request again meanwhile.
    /// </summary>
    public Task RemoveAsync(ReportRequest request, CancellationToken cancellationToken) =>
        client.DeleteItemAsync(
            new DeleteItemRequest { TableName = table, Key = StationSchema.ReportKey(request) }, cancellationToken);

    private Task AddAsync(string station, SourceVersion version, CancellationToken cancellationToken) =>
        client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = table,
                Key = StationSchema.ReportKey(new ReportRequest(station, version.Source, version.Order)),
                UpdateExpression = $"SET {Retention.Attribute} = :expiresAt",
                ExpressionAttributeValues = new() { [":expiresAt"] = retention.ExpiresAt },
            },
            cancellationToken);
}
