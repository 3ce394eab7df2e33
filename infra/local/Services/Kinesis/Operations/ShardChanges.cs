using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record SplitShardRequest(
    string? StreamName, string? StreamARN, string? ShardToSplit, string? NewStartingHashKey);

internal sealed record MergeShardsRequest(
    string? StreamName, string? StreamARN, string? ShardToMerge, string? AdjacentShardToMerge);

internal sealed record UpdateShardCountRequest(
    string? StreamName, string? StreamARN, int? TargetShardCount, string? ScalingType);

internal sealed record UpdateShardCountResponse(
    string StreamName, string StreamARN, int CurrentShardCount, int TargetShardCount);

/// <summary>Changes the shards of a stream, at once.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, SplitShard, MergeShards and UpdateShardCount.</remarks>
internal static class ShardChanges
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException;
    /// LimitExceededException.</exception>
    public static EmptyResponse Split(
        Monitor<KinesisState> streams, SplitShardRequest request, CallScope scope, ServiceContext context)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Required("shardToSplit", request.ShardToSplit)
            .ShardId("shardToSplit", request.ShardToSplit)
            .Required("newStartingHashKey", request.NewStartingHashKey)
            .HashKey("newStartingHashKey", request.NewStartingHashKey)
            .ThrowIfAny();
        var name = StreamParameters.NameOf(request.StreamName, request.StreamARN, scope);
        return Change(streams, name, context, (state, stream, now) =>
            Resharding.Split(state, stream, request.ShardToSplit!, request.NewStartingHashKey!, now));
    }

    /// <exception cref="AwsException">As <see cref="Split"/>.</exception>
    public static EmptyResponse Merge(
        Monitor<KinesisState> streams, MergeShardsRequest request, CallScope scope, ServiceContext context)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Required("shardToMerge", request.ShardToMerge)
            .ShardId("shardToMerge", request.ShardToMerge)
            .Required("adjacentShardToMerge", request.AdjacentShardToMerge)
            .ShardId("adjacentShardToMerge", request.AdjacentShardToMerge)
            .ThrowIfAny();
        var name = StreamParameters.NameOf(request.StreamName, request.StreamARN, scope);
        return Change(streams, name, context, (state, stream, now) =>
            Resharding.Merge(state, stream, request.ShardToMerge!, request.AdjacentShardToMerge!, now));
    }

    /// <exception cref="AwsException">As <see cref="Split"/>.</exception>
    public static UpdateShardCountResponse Resize(
        Monitor<KinesisState> streams, UpdateShardCountRequest request, CallScope scope, ServiceContext context)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Required("targetShardCount", request.TargetShardCount)
            .Range("targetShardCount", request.TargetShardCount, 1, int.MaxValue)
            .Required("scalingType", request.ScalingType)
            .OneOf("scalingType", request.ScalingType, "UNIFORM_SCALING")
            .ThrowIfAny();
        var name = StreamParameters.NameOf(request.StreamName, request.StreamARN, scope);
        var (response, fact) = streams.Ask((state, now) =>
        {
            var stream = state.Get(name, now);
            var before = stream.OpenShards.Count;
            Resize(state, stream, request.TargetShardCount!.Value, now);
            return (
                new UpdateShardCountResponse(name, stream.Arn.ToString(), before, request.TargetShardCount.Value),
                new StreamResharded(name, stream.OpenShards.Count));
        });
        context.Journal.Record(fact);
        return response;
    }

    /// <exception cref="AwsException">InvalidArgumentException; ValidationException; LimitExceededException.
    /// </exception>
    public static void Resize(KinesisState state, KinesisStream stream, int target, DateTimeOffset now)
    {
        if (stream.Mode == StreamMode.OnDemand) throw KinesisErrors.OnDemand(stream.Place, "UpdateShardCount");
        var open = stream.OpenShards.Count;
        if (target > 2L * open)
            throw KinesisErrors.InvalidArgument(
                "UpdateShardCount cannot scale up over double your current open shard count. Current open shard "
                + $"count: {open} Target shard count: {target}");
        if (2L * target < open)
            throw KinesisErrors.InvalidArgument(
                "UpdateShardCount cannot scale down below half your current open shard count. Current open shard "
                + $"count: {open} Target shard count: {target}");
        // Each shard may be split, and each of the pieces merged.
        state.CheckRoom(target - open, 2 * (target + open));
        if (!stream.Resizes.TryAdd(KinesisLimits.MaxResizesPerDay, now))
            throw KinesisErrors.LimitExceeded(
                $"The shard count of stream {stream.Place} was changed {KinesisLimits.MaxResizesPerDay} times within "
                + "24 hours.");
        Resharding.Resize(stream, target, now);
    }

    private static EmptyResponse Change(
        Monitor<KinesisState> streams, string name, ServiceContext context,
        Action<KinesisState, KinesisStream, DateTimeOffset> change)
    {
        context.Journal.Record(streams.Ask((state, now) =>
        {
            var stream = state.Get(name, now);
            change(state, stream, now);
            return new StreamResharded(name, stream.OpenShards.Count);
        }));
        return new EmptyResponse();
    }
}
