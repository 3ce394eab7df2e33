using System.Numerics;
using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Remediate;

/// <summary>Reads batches of a table's stream.</summary>
public sealed class JobChanges(IAmazonDynamoDBStreams client) : IJobChanges
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
            var page = await client.GetRecordsAsync(
                new GetRecordsRequest { ShardIterator = iterator }, cancellationToken);
            foreach (var change in page.Records ?? [])
            {
                var number = Number(change.Dynamodb.SequenceNumber);
                if (number > end) yield break;
                if (change.Dynamodb.NewImage is { Count: > 0 } item) yield return item;
                if (number == end) yield break;
                (read, empty) = (read + 1, 0);
            }

            iterator = page.NextShardIterator;
        }
    }

    private async Task<string> BeginAsync(StreamBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.GetShardIteratorAsync(
                new GetShardIteratorRequest
                {
                    StreamArn = batch.StreamArn,
                    ShardId = batch.ShardId,
                    ShardIteratorType = ShardIteratorType.AT_SEQUENCE_NUMBER,
                    SequenceNumber = batch.Start,
                },
                cancellationToken);
            return answer.ShardIterator;
        }
        catch (Exception e) when (e is TrimmedDataAccessException or ResourceNotFoundException)
        {
            throw new IOException(
                "The stream keeps changes for a day, and no longer has these. Redrive the jobs of that time.", e);
        }
    }

    // Numbers of up to 40 digits, without leading zeros.
    private static BigInteger Number(string sequenceNumber) =>
        BigInteger.Parse(sequenceNumber, System.Globalization.CultureInfo.InvariantCulture);
}
