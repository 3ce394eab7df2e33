using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record DescribeStreamRequest(
    string? StreamName, string? StreamARN, int? Limit, string? ExclusiveStartShardId);

/// <summary>Metrics of shards, of which there are none here.</summary>
internal sealed record EnhancedMetrics(string[] ShardLevelMetrics)
{
    public static readonly EnhancedMetrics[] None = [new([])];
}

/// <param name="StreamCreationTimestamp">Seconds since 1970.</param>
internal sealed record StreamDescription(
    string StreamName, string StreamARN, string StreamStatus, StreamModeDetails StreamModeDetails,
    List<ShardDescription> Shards, bool HasMoreShards, int RetentionPeriodHours, decimal StreamCreationTimestamp,
    EnhancedMetrics[] EnhancedMonitoring, string EncryptionType);

internal sealed record DescribeStreamResponse(StreamDescription StreamDescription);

/// <param name="StreamCreationTimestamp">Seconds since 1970.</param>
internal sealed record StreamDescriptionSummary(
    string StreamName, string StreamARN, string StreamStatus, StreamModeDetails StreamModeDetails,
    int RetentionPeriodHours, decimal StreamCreationTimestamp, EnhancedMetrics[] EnhancedMonitoring,
    string EncryptionType, int OpenShardCount, int ConsumerCount, int MaxRecordSizeInKiB);

internal sealed record DescribeStreamSummaryResponse(StreamDescriptionSummary StreamDescriptionSummary);

/// <summary>Tells a stream's settings, and its shards in pages.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, DescribeStream and DescribeStreamSummary.</remarks>
internal static class DescribeStream
{
    /// <summary>A stream is active as soon as it is there, whatever was just changed.</summary>
    public const string Active = "ACTIVE";

    private const string NotEncrypted = "NONE";

    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException.
    /// </exception>
    public static DescribeStreamResponse Handle(
        Monitor<KinesisState> streams, DescribeStreamRequest request, CallScope scope)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Range("limit", request.Limit, 1, KinesisLimits.MaxPage)
            .ShardId("exclusiveStartShardId", request.ExclusiveStartShardId)
            .ThrowIfAny();
        var name = StreamParameters.NameOf(request.StreamName, request.StreamARN, scope);
        var limit = Math.Min(request.Limit ?? KinesisLimits.DescribePage, KinesisLimits.DescribePage);
        return new DescribeStreamResponse(streams.Ask((state, now) =>
        {
            var stream = state.Get(name, now);
            var shards = stream.Shards
                .Where(shard => string.CompareOrdinal(shard.Id, request.ExclusiveStartShardId) > 0)
                .Take(limit + 1).Select(ShardDescription.Of).ToList();
            var hasMore = shards.Count > limit;
            return new StreamDescription(
                stream.Name, stream.Arn.ToString(), Active, new StreamModeDetails(StreamModes.Name(stream.Mode)),
                hasMore ? shards[..limit] : shards, hasMore, (int)stream.Retention.TotalHours,
                StreamParameters.Seconds(stream.Created), EnhancedMetrics.None, NotEncrypted);
        }));
    }

    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException.
    /// </exception>
    public static DescribeStreamSummaryResponse Summary(
        Monitor<KinesisState> streams, StreamRequest request, CallScope scope)
    {
        var name = request.Name(scope);
        return new DescribeStreamSummaryResponse(streams.Ask((state, now) =>
        {
            var stream = state.Get(name, now);
            return new StreamDescriptionSummary(
                stream.Name, stream.Arn.ToString(), Active, new StreamModeDetails(StreamModes.Name(stream.Mode)),
                (int)stream.Retention.TotalHours, StreamParameters.Seconds(stream.Created), EnhancedMetrics.None,
                NotEncrypted, stream.OpenShards.Count, 0, KinesisLimits.MaxRecordKibibytes);
        }));
    }
}
