using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Streams.Operations;

internal sealed record GetShardIteratorRequest(
    string? StreamArn, string? ShardId, string? ShardIteratorType, string? SequenceNumber);

internal sealed record GetShardIteratorResponse(string ShardIterator);

/// <summary>Gives a place in a shard, from which GetRecords reads.</summary>
/// <remarks>Source: Amazon DynamoDB Streams API Reference, GetShardIterator.</remarks>
internal static class GetShardIterator
{
    private static readonly string[] Types = ["TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"];

    public static GetShardIteratorResponse Handle(
        Monitor<DynamoDbState> monitor, GetShardIteratorRequest request, CallScope scope)
    {
        var arn = StreamParameters.Arn(request.StreamArn);
        var shardId = Required(request.ShardId, "shardId");
        var type = Required(request.ShardIteratorType, "shardIteratorType");
        Parameters.OneOf(type, "shardIteratorType", Types);
        var takesNumber = type is "AT_SEQUENCE_NUMBER" or "AFTER_SEQUENCE_NUMBER";
        if (takesNumber != (request.SequenceNumber is not null))
            throw DynamoDbErrors.Validation(takesNumber
                ? $"SequenceNumber is required for the ShardIteratorType {type}"
                : $"SequenceNumber must not be specified for the ShardIteratorType {type}");
        var iterator = monitor.Ask((state, now) =>
        {
            var stream = state.Streams.Get(arn, now);
            stream.Trim(now);
            var shard = stream.Find(shardId) ?? throw DynamoDbErrors.ShardNotFound(shardId, arn);
            return new ShardIterator(arn, shardId, Place(shard, type, request.SequenceNumber), now);
        });
        return new GetShardIteratorResponse(iterator.ToString());
    }

    private static long Place(ChangeShard shard, string type, string? sequenceNumber)
    {
        if (sequenceNumber is null) return type == "LATEST" ? shard.Next : 0;
        if (SequenceNumbers.Parse(sequenceNumber) is not { } number || number < shard.First || number >= shard.Next)
            throw DynamoDbErrors.Validation(
                $"Invalid SequenceNumber: {sequenceNumber} is not in the range of the shard {shard.Id}");
        if (number < shard.FirstKept) throw DynamoDbErrors.TrimmedData();
        return type == "AT_SEQUENCE_NUMBER" ? number : number + 1;
    }

    private static string Required(string? value, string member) =>
        value ?? throw DynamoDbErrors.Constraint(null, member, "Member must not be null");
}
