using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

/// <param name="Timestamp">Seconds since 1970, for AT_TIMESTAMP.</param>
internal sealed record GetShardIteratorRequest(
    string? StreamName, string? StreamARN, string? ShardId, string? ShardIteratorType, string? StartingSequenceNumber,
    decimal? Timestamp);

internal sealed record GetShardIteratorResponse(string ShardIterator);

/// <summary>Gives a place in a shard, from which GetRecords reads.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, GetShardIterator.</remarks>
internal static class GetShardIterator
{
    private const string Latest = "LATEST";
    private const string At = "AT_SEQUENCE_NUMBER";
    private const string After = "AFTER_SEQUENCE_NUMBER";
    private const string AtTimestamp = "AT_TIMESTAMP";

    private static readonly string[] Types = [At, After, "TRIM_HORIZON", Latest, AtTimestamp];

    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException.
    /// </exception>
    public static GetShardIteratorResponse Handle(
        Monitor<KinesisState> streams, GetShardIteratorRequest request, CallScope scope)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Required("shardId", request.ShardId)
            .ShardId("shardId", request.ShardId)
            .Required("shardIteratorType", request.ShardIteratorType)
            .OneOf("shardIteratorType", request.ShardIteratorType, Types)
            .Number("startingSequenceNumber", request.StartingSequenceNumber)
            .ThrowIfAny();
        Check(request);
        var name = StreamParameters.NameOf(request.StreamName, request.StreamARN, scope);
        var timestamp = StreamParameters.Instant(request.Timestamp);
        return new GetShardIteratorResponse(streams.Ask((state, now) =>
        {
            if (timestamp > now)
                throw KinesisErrors.InvalidArgument(
                    "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
                    + $"timestampInMillis: {timestamp.Value.ToUnixTimeMilliseconds()}, currentTimestampInMillis: "
                    + $"{now.ToUnixTimeMilliseconds()}");
            var stream = state.Get(name, now);
            var shard = stream.Get(request.ShardId!);
            var from = request.ShardIteratorType switch
            {
                Latest => shard.Next,
                AtTimestamp => shard.FirstSince(timestamp!.Value),
                At => Number(request, shard, stream).Index,
                After => Number(request, shard, stream).Index + 1,
                _ => 0,
            };
            return new ShardIterator(stream.Name, stream.Created, shard.Id, from, now).ToString();
        }));
    }

    private static void Check(GetShardIteratorRequest request)
    {
        var type = request.ShardIteratorType;
        if ((type is At or After) != (request.StartingSequenceNumber is not null))
            throw KinesisErrors.InvalidArgument(request.StartingSequenceNumber is null
                ? "Must either specify (1) AT_SEQUENCE_NUMBER and StartingSequenceNumber or (2) AFTER_SEQUENCE_NUMBER "
                    + "and StartingSequenceNumber or (3) TRIM_HORIZON and no StartingSequenceNumber or (4) LATEST and "
                    + "no StartingSequenceNumber or (5) AT_TIMESTAMP and Timestamp."
                : $"The iterator type {type} has no StartingSequenceNumber.");
        if ((type == AtTimestamp) != (request.Timestamp is not null))
            throw KinesisErrors.InvalidArgument(request.Timestamp is null
                ? "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no "
                    + "timestamp parameter."
                : $"The iterator type {type} has no Timestamp.");
    }

    private static SequenceNumber Number(GetShardIteratorRequest request, Shard shard, KinesisStream stream) =>
        SequenceNumber.Parse(request.StartingSequenceNumber!) is { } number && shard.Has(number)
            ? number
            : throw KinesisErrors.NumberOfOtherStream(request.StartingSequenceNumber!, shard.Id, stream.Place);
}
