using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Streams.Operations;

internal sealed record DescribeStreamRequest(string? StreamArn, int? Limit, string? ExclusiveStartShardId);

/// <param name="EndingSequenceNumber">Null while the shard is open.</param>
internal sealed record SequenceNumberRange(string StartingSequenceNumber, string? EndingSequenceNumber);

internal sealed record ShardDescription(
    string ShardId, SequenceNumberRange SequenceNumberRange, string? ParentShardId);

/// <param name="CreationRequestDateTime">Seconds since 1970.</param>
/// <param name="LastEvaluatedShardId">Null when there are no further shards.</param>
internal sealed record StreamDescription(
    string StreamArn, string StreamLabel, string StreamStatus, string StreamViewType, double CreationRequestDateTime,
    string TableName, List<KeySchemaElement> KeySchema, List<ShardDescription> Shards, string? LastEvaluatedShardId);

internal sealed record DescribeStreamResponse(StreamDescription StreamDescription);

/// <summary>Tells a stream's settings and its shards.</summary>
/// <remarks>Source: Amazon DynamoDB Streams API Reference, DescribeStream.</remarks>
internal static class DescribeStream
{
    public static DescribeStreamResponse Handle(
        Monitor<DynamoDbState> monitor, DescribeStreamRequest request, CallScope scope)
    {
        var arn = StreamParameters.Arn(request.StreamArn);
        var limit = StreamParameters.Limit(request.Limit, DynamoDbLimits.ListStreamsPage);
        return new DescribeStreamResponse(monitor.Ask((state, now) =>
        {
            var stream = state.Streams.Get(arn, now);
            stream.Trim(now);
            return Describe(stream, request.ExclusiveStartShardId, limit);
        }));
    }

    private static StreamDescription Describe(TableStream stream, string? after, int limit)
    {
        var shards = stream.Shards.Where(shard => string.CompareOrdinal(shard.Id, after) > 0)
            .Take(limit + 1).Select(Describe).ToList();
        List<KeySchemaElement> keys = [new(stream.Schema.Hash.Name, "HASH")];
        if (stream.Schema.Range is { } range) keys.Add(new KeySchemaElement(range.Name, "RANGE"));
        return new StreamDescription(
            stream.Arn.ToString(), stream.Label, stream.Disabled is null ? "ENABLED" : "DISABLED", stream.View,
            stream.Created.ToUnixTimeMilliseconds() / 1000.0, stream.TableName, keys,
            shards.Count > limit ? shards[..limit] : shards, shards.Count > limit ? shards[limit - 1].ShardId : null);
    }

    private static ShardDescription Describe(ChangeShard shard) => new(
        shard.Id,
        new SequenceNumberRange(
            SequenceNumbers.Text(shard.First),
            shard.Closed is null ? null : SequenceNumbers.Text(Math.Max(shard.First, shard.Next - 1))),
        shard.ParentId);
}
