using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;
using Isobar.Readings;
using Isobar.Tables;
using static Isobar.Readings.LiveSchema;
using static Isobar.Tables.Attributes;

namespace Isobar.Live;

/// <summary>The table of live readings, by conditional writes: a later reading or window wins in any order.</summary>
/// <param name="table">Its name.</param>
/// <param name="backoff">The waits when others write the same window.</param>
public sealed class LiveTable(
    IAmazonDynamoDB client, string table, Backoff backoff, Retention retention) : ILiveTable
{
    /// <summary>Tries of a window that others write, too.</summary>
    public const int Tries = 5;

    public async Task PutLatestAsync(Reading reading, CancellationToken cancellationToken)
    {
        var item = Key(reading.Station, Latest + reading.Element);
        item[At] = Milliseconds(reading.At);
        item[Value] = Number(reading.Thousandths);
        try
        {
            await client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = retention.Stamp(item),
                    ConditionExpression = "attribute_not_exists(#at) OR #at < :at OR (#at = :at AND #value < :value)",
                    ExpressionAttributeNames = new() { ["#at"] = At, ["#value"] = Value },
                    ExpressionAttributeValues = new() { [":at"] = item[At], [":value"] = item[Value] },
                },
                cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // The table has a later reading, or this one.
        }
    }

    /// <exception cref="IOException">Others wrote the window at each of the tries.</exception>
    public async Task PutWindowAsync(
        StationSums sums, DateTimeOffset start, DateTimeOffset end, string part, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAddAsync(sums, start, part, cancellationToken)
                || await TryReplaceAsync(sums, start, end, part, cancellationToken)) return;
            if (attempt == Tries)
                throw new IOException($"The window of station {sums.Station} was written by others {Tries} times.");
            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    // True if the table has this window with the part, or a later window.
    private async Task<bool> TryAddAsync(
        StationSums sums, DateTimeOffset start, string part, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = table,
                    Key = Key(sums.Station, Window),
                    UpdateExpression = "SET #parts.#part = :part, #expiresAt = :expiresAt",
                    ConditionExpression = "#start = :start",
                    ExpressionAttributeNames = new()
                    {
                        ["#parts"] = Parts, ["#part"] = part, ["#start"] = Start, ["#expiresAt"] = Retention.Attribute,
                    },
                    ExpressionAttributeValues = new()
                    {
                        [":part"] = Part(sums), [":start"] = Milliseconds(start),
                        [":expiresAt"] = retention.ExpiresAt,
                    },
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException e)
        {
            return e.Item is { Count: > 0 } item && item.Instant(Start) > start;
        }
    }

    // False if another window was written meanwhile.
    private async Task<bool> TryReplaceAsync(
        StationSums sums, DateTimeOffset start, DateTimeOffset end, string part, CancellationToken cancellationToken)
    {
        var item = Key(sums.Station, Window);
        item[Start] = Milliseconds(start);
        item[End] = Milliseconds(end);
        item[Parts] = new AttributeValue { M = new() { [part] = Part(sums) } };
        try
        {
            await client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = retention.Stamp(item),
                    ConditionExpression = "attribute_not_exists(#start) OR #start < :start",
                    ExpressionAttributeNames = new() { ["#start"] = Start },
                    ExpressionAttributeValues = new() { [":start"] = item[Start] },
                },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private static AttributeValue Part(StationSums sums) => new()
    {
        M = sums.Elements.ToDictionary(element => element.Element, element => new AttributeValue
        {
            M = new() { [Count] = Number(element.Count), [Sum] = Number(element.Thousandths) },
        }),
    };
}
