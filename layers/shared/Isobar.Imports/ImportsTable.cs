using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Tables;
using static Isobar.Tables.Attributes;
using static Isobar.Imports.ImportItems;

namespace Isobar.Imports;

/// <summary>The imports table: partition key <c>importId</c>, one item an import, conditional writes.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="retention">How long an import is kept after its last change.</param>
public sealed class ImportsTable(IAmazonDynamoDB client, string table, Retention retention) : IImports
{
    private readonly ImportReader reader = new(client, table);

    public Task<ImportRecord?> FindAsync(string importId, CancellationToken cancellationToken) =>
        reader.FindAsync(importId, cancellationToken);

    public async Task<ImportRecord> AcceptAsync(string importId, string station, CancellationToken cancellationToken)
    {
        var item = Key(importId);
        item[State] = Text(ImportState.Accepted);
        item[Station] = Text(station);
        try
        {
            await client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = retention.Stamp(item),
                    ConditionExpression = "attribute_not_exists(importId)",
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                cancellationToken);
            return Read(item);
        }
        catch (ConditionalCheckFailedException e)
        {
            // An earlier attempt created it, or a duplicate of the event did.
            return Read(e.Item);
        }
    }

    public async Task<ImportRecord> CopyAsync(string importId, CancellationToken cancellationToken)
    {
        var (record, _) = await UpdateAsync(
            importId,
            "SET #state = :copying, expiresAt = :expiresAt REMOVE reason",
            "#state IN (:accepted, :copying, :failed)",
            new()
            {
                [":accepted"] = Text(ImportState.Accepted),
                [":copying"] = Text(ImportState.Copying),
                [":failed"] = Text(ImportState.Failed),
            },
            cancellationToken);
        return record;
    }

    public async Task<ImportRecord> LandAsync(string importId, LandedFile file, CancellationToken cancellationToken)
    {
        var (record, _) = await UpdateAsync(
            importId,
            "SET #state = :landed, job = :job, #key = :key, versionId = :versionId, expiresAt = :expiresAt",
            "#state = :copying",
            new()
            {
                [":copying"] = Text(ImportState.Copying),
                [":landed"] = Text(ImportState.Landed),
                [":job"] = Text(file.Job),
                [":key"] = Text(file.Key),
                [":versionId"] = Text(file.VersionId),
            },
            cancellationToken);
        return record.State == ImportState.Landed
            ? record
            : throw new ImportNotCopyingException(importId, record.State);
    }

    public async Task<bool> FailAsync(ImportFailure failure, CancellationToken cancellationToken)
    {
        var (_, written) = await UpdateAsync(
            failure.ImportId,
            "SET #state = :failed, station = :station, reason = :reason, failedEvent = :event, "
                + "expiresAt = :expiresAt",
            "attribute_not_exists(importId) OR #state <> :landed",
            new()
            {
                [":failed"] = Text(ImportState.Failed),
                [":landed"] = Text(ImportState.Landed),
                [":station"] = Text(failure.Station),
                [":reason"] = Text(failure.Reason),
                [":event"] = Text(failure.Event),
            },
            cancellationToken);
        return written;
    }

    // When the condition fails, DynamoDB returns the item that it was evaluated on, so no second read is needed.
    private async Task<(ImportRecord Record, bool Written)> UpdateAsync(
        string importId, string update, string condition, Dictionary<string, AttributeValue> values,
        CancellationToken cancellationToken)
    {
        values[":expiresAt"] = retention.ExpiresAt;
        // STATE and KEY are reserved words.
        var names = new Dictionary<string, string> { ["#state"] = State };
        if (update.Contains("#key", StringComparison.Ordinal)) names["#key"] = ObjectKey;
        try
        {
            var answer = await client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = Key(importId),
                    UpdateExpression = update,
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValues = ReturnValue.ALL_NEW,
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                cancellationToken);
            return (Read(answer.Attributes), true);
        }
        catch (ConditionalCheckFailedException e)
        {
            return e.Item is { Count: > 0 } item ? (Read(item), false) : throw new ImportMissingException(importId);
        }
    }
}
