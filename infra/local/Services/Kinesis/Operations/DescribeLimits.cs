using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record DescribeLimitsRequest;

internal sealed record DescribeLimitsResponse(
    int ShardLimit, int OpenShardCount, int OnDemandStreamCount, int OnDemandStreamCountLimit);

/// <summary>Tells how many shards and on-demand streams a Region has, and may have.</summary>
/// <remarks>Source: Amazon Kinesis Data Streams API Reference, DescribeLimits.</remarks>
internal static class DescribeLimits
{
    public static DescribeLimitsResponse Handle(Monitor<KinesisState> streams) => streams.Ask((state, _) => new
        DescribeLimitsResponse(
            KinesisLimits.MaxOpenShards, state.OpenShards, state.OnDemandStreams, KinesisLimits.MaxOnDemandStreams));
}
