using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Tables;
using static Isobar.Tables.Attributes;

namespace Isobar.Catalog;

/// <summary>
/// The catalogue's table in DynamoDB: one item for each landed object, whose key is the partition key <c>key</c>.
/// </summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before items that DynamoDB left unprocessed are read again.</param>
/// <param name="retention">How long an item is kept after its last write (TTL).</param>
public sealed class CatalogTable(IAmazonDynamoDB client, string table, Backoff backoff, Retention retention)
    : ICatalogTable
{
    // The attribute with the S3 sequencer, without trailing zeros: then DynamoDB's comparison of strings gives the
    // order that S3 documents.
    private const string Order = "order";

    public async Task<bool> PutAsync(CatalogFile file, CancellationToken cancellationToken)
    {
        var order = Sequencer.Order(file.Sequencer);
        try
        {
            await client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = retention.Stamp(Item(file, order)),
                    ConditionExpression = "attribute_not_exists(#key) OR #order < :order",
                    ExpressionAttributeNames = new() { ["#key"] = "key", ["#order"] = Order },
                    ExpressionAttributeValues = new() { [":order"] = Text(order) },
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException e)
        {
            // An equal one is this same event again: the table already has the file.
            return e.Item[Order].S == order;
        }
    }

    public async Task<IReadOnlyList<CatalogFile>> ReadAsync(
        IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        // An eventually consistent read could miss the change that the message reports.
        var items = await new BatchRead(client, table, backoff)
            .ItemsAsync(keys.Select(Key), consistentRead: true, cancellationToken);
        return [.. items.Select(File)];
    }

    private static Dictionary<string, AttributeValue> Key(string key) => new() { ["key"] = Text(key) };

    private static Dictionary<string, AttributeValue> Item(CatalogFile file, string order)
    {
        var item = Key(file.Key);
        item["job"] = Text(file.Job);
        item["versionId"] = Text(file.VersionId);
        item["sequencer"] = Text(file.Sequencer);
        item[Order] = Text(order);
        item["chunks"] = Number(file.Chunks);
        item["acceptedAt"] = Instant(file.AcceptedAt);
        if (file.Refusal is { } refusal) item["refusal"] = Text(refusal);
        if (file.Station is { } station) item["station"] = Text(station);
        return item;
    }

    private static CatalogFile File(Dictionary<string, AttributeValue> item) => new(
        item["key"].S, item["job"].S, item["versionId"].S, item["sequencer"].S, (int)item.Number("chunks"),
        DateTimeOffset.Parse(item["acceptedAt"].S, CultureInfo.InvariantCulture), item.OptionalText("refusal"),
        item.OptionalText("station"));
}
