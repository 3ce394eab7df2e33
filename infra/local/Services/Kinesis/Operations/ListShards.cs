using System.Globalization;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

/// <param name="Timestamp">Seconds since 1970.</param>
internal sealed record ShardFilter(string? Type, string? ShardId, decimal? Timestamp);

/// <param name="StreamCreationTimestamp">Seconds since 1970: which of the streams that had this name.</param>
internal sealed record ListShardsRequest(
    string? StreamName, string? StreamARN, string? NextToken, string? ExclusiveStartShardId, int? MaxResults,
    decimal? StreamCreationTimestamp, ShardFilter? ShardFilter);

internal sealed record HashKeyRange(string StartingHashKey, string EndingHashKey)
{
    public static HashKeyRange Of(HashRange range) => new(HashKeys.Text(range.Start), HashKeys.Text(range.End));
}

/// <param name="EndingSequenceNumber">Null while the shard is open.</param>
internal sealed record SequenceNumberRange(string StartingSequenceNumber, string? EndingSequenceNumber);

internal sealed record ShardDescription(
    string ShardId, string? ParentShardId, string? AdjacentParentShardId, HashKeyRange HashKeyRange,
    SequenceNumberRange SequenceNumberRange)
{
    public static ShardDescription Of(Shard shard) => new(
        shard.Id, shard.ParentIds.ElementAtOrDefault(0), shard.ParentIds.ElementAtOrDefault(1),
        Operations.HashKeyRange.Of(shard.Range),
        new SequenceNumberRange(shard.StartingSequenceNumber, shard.EndingSequenceNumber));
}

/// <param name="NextToken">Null on the last page.</param>
internal sealed record ListShardsResponse(List<ShardDescription> Shards, string? NextToken);

/// <summary>Lists the shards of a stream in pages: all that are kept, or those that a filter wants.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, ListShards and ShardFilter.</remarks>
internal static class ListShards
{
    private static readonly string[] Filters =
        ["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"];

    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException;
    /// ExpiredNextTokenException.</exception>
    public static ListShardsResponse Handle(Monitor<KinesisState> streams, ListShardsRequest request, CallScope scope)
    {
        Check(request);
        var created = StreamParameters.Instant(request.StreamCreationTimestamp);
        var limit = Math.Min(request.MaxResults ?? KinesisLimits.ListShardsPage, KinesisLimits.ListShardsPage);
        return streams.Ask((state, now) =>
        {
            var token = request.NextToken is { } text ? PageToken.Parse(text, now) : null;
            if (token is not null && token.Filter.Split('|').Length != 3) throw KinesisErrors.InvalidToken();
            var filter = token is null ? request.ShardFilter : FilterOf(token.Filter);
            var stream = state.Get(
                token?.Stream ?? StreamParameters.NameOf(request.StreamName, request.StreamARN, scope), now);
            if (created is not null && created != Whole(stream.Created))
                throw KinesisErrors.StreamNotFound(stream.Place);
            var after = token?.After ?? request.ExclusiveStartShardId;
            var found = stream.Shards.Where(shard => string.CompareOrdinal(shard.Id, after) > 0)
                .Where(shard => Passes(shard, filter, stream, now))
                .Take(limit + 1).Select(ShardDescription.Of).ToList();
            return found.Count <= limit
                ? new ListShardsResponse(found, null)
                : new ListShardsResponse(found[..limit], new PageToken(
                    stream.Name, found[limit - 1].ShardId, TextOf(filter), now).ToString());
        });
    }

    private static void Check(ListShardsRequest request)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Length("nextToken", request.NextToken, 1, KinesisLimits.MaxTokenCharacters)
            .ShardId("exclusiveStartShardId", request.ExclusiveStartShardId)
            .Range("maxResults", request.MaxResults, 1, KinesisLimits.MaxPage)
            .OneOf("shardFilter.type", request.ShardFilter?.Type, Filters)
            .ShardId("shardFilter.shardId", request.ShardFilter?.ShardId)
            .ThrowIfAny();
        if (request.NextToken is not null && (request.StreamName ?? request.ExclusiveStartShardId) is not null)
            throw KinesisErrors.InvalidArgument(
                "NextToken and StreamName or ExclusiveStartShardId cannot be provided together.");
        if (request.NextToken is not null
            && (request.StreamCreationTimestamp is not null || request.ShardFilter is not null))
            throw KinesisErrors.InvalidArgument(
                "NextToken and StreamCreationTimestamp or ShardFilter cannot be provided together.");
        if (request.ShardFilter is not { } filter) return;
        if (filter.Type is null) throw KinesisErrors.InvalidArgument("ShardFilter must have a Type.");
        if ((filter.Type == "AFTER_SHARD_ID") != (filter.ShardId is not null))
            throw KinesisErrors.InvalidArgument($"ShardId and the ShardFilter type {filter.Type} do not go together.");
        if ((filter.Type is "AT_TIMESTAMP" or "FROM_TIMESTAMP") != (filter.Timestamp is not null))
            throw KinesisErrors.InvalidArgument(
                $"Timestamp and the ShardFilter type {filter.Type} do not go together.");
        StreamParameters.Instant(filter.Timestamp);
    }

    private static bool Passes(Shard shard, ShardFilter? filter, KinesisStream stream, DateTimeOffset now)
    {
        var horizon = now - stream.Retention;
        if (horizon < stream.Created) horizon = stream.Created;
        return filter?.Type switch
        {
            "AFTER_SHARD_ID" => string.CompareOrdinal(shard.Id, filter.ShardId) > 0,
            "AT_TRIM_HORIZON" => IsOpenAt(horizon),
            "AT_LATEST" => shard.Closed is null,
            "AT_TIMESTAMP" => IsOpenAt(At(filter)),
            "FROM_TIMESTAMP" => shard.Closed is null || shard.Closed >= At(filter),
            _ => true,
        };

        bool IsOpenAt(DateTimeOffset instant) =>
            shard.Opened <= instant && (shard.Closed is null || shard.Closed > instant);

        DateTimeOffset At(ShardFilter given)
        {
            var instant = StreamParameters.Instant(given.Timestamp)!.Value;
            return instant < horizon ? horizon : instant;
        }
    }

    private static string TextOf(ShardFilter? filter) => filter is null
        ? "||"
        : string.Create(CultureInfo.InvariantCulture, $"{filter.Type}|{filter.ShardId}|{filter.Timestamp}");

    private static ShardFilter? FilterOf(string text) => text.Split('|') is [{ Length: > 0 } type, var shard, var at]
        ? new ShardFilter(
            type, shard.Length > 0 ? shard : null,
            decimal.TryParse(at, CultureInfo.InvariantCulture, out var seconds) ? seconds : null)
        : null;

    // What a caller was told of the instant.
    private static DateTimeOffset Whole(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
