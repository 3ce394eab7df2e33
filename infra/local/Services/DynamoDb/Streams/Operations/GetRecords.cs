using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Streams.Operations;

internal sealed record GetRecordsRequest(string? ShardIterator, int? Limit);

/// <summary>A change as GetRecords answers it.</summary>
internal sealed record AnsweredChange(TableStream Stream, ItemChange Change);

/// <param name="NextShardIterator">Null when the shard is closed and its last record was read.</param>
internal sealed record GetRecordsResponse(List<AnsweredChange> Records, string? NextShardIterator);

/// <summary>Reads the records behind a place, up to 1,000 and 1 MB; it never waits.</summary>
/// <remarks>Source: Amazon DynamoDB Streams API Reference, GetRecords.</remarks>
internal static class GetRecords
{
    public static GetRecordsResponse Handle(
        Monitor<DynamoDbState> monitor, GetRecordsRequest request, CallScope scope)
    {
        if (request.ShardIterator is null)
            throw DynamoDbErrors.Constraint(null, "shardIterator", "Member must not be null");
        var iterator = ShardIterator.Parse(request.ShardIterator);
        var limit = StreamParameters.Limit(request.Limit, DynamoDbLimits.StreamPage);
        return monitor.Ask((state, now) =>
        {
            if (now - iterator.Issued > DynamoDbLimits.IteratorLifetime) throw DynamoDbErrors.ExpiredIterator();
            var stream = state.Streams.Get(iterator.StreamArn, now);
            stream.Trim(now);
            // A shard past its time is trimmed as a whole.
            var shard = stream.Find(iterator.ShardId) ?? throw DynamoDbErrors.TrimmedData();
            if (iterator.From > 0 && iterator.From < shard.FirstKept) throw DynamoDbErrors.TrimmedData();
            var changes = shard.From(iterator.From, limit, DynamoDbLimits.StreamPageBytes);
            var next = changes.Count > 0 ? changes[^1].Number + 1 : Math.Max(iterator.From, shard.FirstKept);
            return new GetRecordsResponse(
                [.. changes.Select(change => new AnsweredChange(stream, change))],
                shard.Closed is not null && next >= shard.Next
                    ? null
                    : (iterator with { From = next, Issued = now }).ToString());
        });
    }
}

/// <summary>Writes changes as records; a request never has one.</summary>
internal sealed class AnsweredChangeConverter : JsonConverter<AnsweredChange>
{
    public override AnsweredChange Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        throw new NotSupportedException("Changes are only written.");

    public override void Write(Utf8JsonWriter writer, AnsweredChange value, JsonSerializerOptions options) =>
        ChangeRecord.Write(writer, value.Stream, value.Change);
}
