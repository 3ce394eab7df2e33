using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Tables;
using static Isobar.Tables.Attributes;

namespace Isobar.Catalog;

/// <summary>The catalogue in DynamoDB: partition key <c>key</c>, the object's key.</summary>
/// <param name="client">Names no region or address: both come from the environment.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before items that DynamoDB left unprocessed are read again.</param>
/// <param name="retention">How long a file stays after it was accepted.</param>
public sealed class CatalogTable(IAmazonDynamoDB client, string table, Backoff backoff, Retention retention)
    : ICatalogTable
{
    // The sequencer in the form that DynamoDB compares as S3 says.
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
            return e.Item[Order].S == order;
        }
    }

    public async Task<IReadOnlyList<CatalogFile>> ReadAsync(
        IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        // Consistent: the message that brought the key may be younger than the copies behind an eventual read.
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
