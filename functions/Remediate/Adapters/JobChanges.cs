using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace Isobar.Remediate;

/// <summary>Reads batches of a table's stream.</summary>
public sealed class JobChanges(StreamCalls streams) : IJobChanges
{
    /// <summary>Changes that are read between the first and the last of a batch: a batch has 10,000 at most.</summary>
    /// <remarks>Source: AWS Lambda API Reference, CreateEventSourceMapping, BatchSize.</remarks>
    private const int MaxChanges = 10_000;

    /// <summary>Pages without a change in a row, after which the stream has no more now.</summary>
    private const int MaxEmptyPages = 10;

    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> ReadAsync(
        StreamBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (iterator, end) = (await BeginAsync(batch, cancellationToken), Number(batch.End));
        for (int read = 0, empty = 0; iterator is not null && read < MaxChanges && empty < MaxEmptyPages; empty++)
        {
            var page = await streams.CallAsync(
                "GetRecords", new JsonObject { ["ShardIterator"] = iterator }, cancellationToken);
            foreach (var change in page["Records"]?.AsArray() ?? [])
            {
                var number = Number((string)change!["dynamodb"]!["SequenceNumber"]!);
                if (number > end) yield break;
                if (change["dynamodb"]!["NewImage"] is JsonObject image) yield return Read(image);
                if (number == end) yield break;
                (read, empty) = (read + 1, 0);
            }

            iterator = (string?)page["NextShardIterator"];
        }
    }

    private async Task<string?> BeginAsync(StreamBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await streams.CallAsync(
                "GetShardIterator",
                new JsonObject
                {
                    ["StreamArn"] = batch.StreamArn,
                    ["ShardId"] = batch.ShardId,
                    ["ShardIteratorType"] = "AT_SEQUENCE_NUMBER",
                    ["SequenceNumber"] = batch.Start,
                },
                cancellationToken);
            return (string?)answer["ShardIterator"];
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "TrimmedDataAccessException"
            or "ResourceNotFoundException")
        {
            throw new IOException(
                "The stream keeps changes for a day, and no longer has these. Redrive the jobs of that time.", e);
        }
    }

    /// <summary>The item as the table's readers get it: texts, numbers and sets of numbers.</summary>
    private static Dictionary<string, AttributeValue> Read(JsonObject image) => image.ToDictionary(
        attribute => attribute.Key,
        attribute => new AttributeValue
        {
            S = (string?)attribute.Value!["S"],
            N = (string?)attribute.Value["N"],
            NS = attribute.Value["NS"] is JsonArray numbers ? [.. numbers.Select(number => (string)number!)] : null,
        },
        StringComparer.Ordinal);

    // Numbers of up to 40 digits, without leading zeros.
    private static BigInteger Number(string sequenceNumber) =>
        BigInteger.Parse(sequenceNumber, CultureInfo.InvariantCulture);
}
