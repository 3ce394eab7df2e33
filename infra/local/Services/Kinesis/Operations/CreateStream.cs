using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record StreamModeDetails(string? StreamMode);

internal sealed record CreateStreamRequest(
    string? StreamName, int? ShardCount, StreamModeDetails? StreamModeDetails, Dictionary<string, string>? Tags);

/// <summary>Creates a stream, which is active at once.</summary>
/// <remarks>
/// Source: Amazon Kinesis Data Streams API Reference, CreateStream; that a stream without a number of shards has four,
/// as an on-demand stream has, as recorded against AWS in August 2022.
/// </remarks>
internal static class CreateStream
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceInUseException;
    /// LimitExceededException.</exception>
    public static (string Name, int Shards) Handle(Monitor<KinesisState> streams, CreateStreamRequest request)
    {
        new ModelConstraints()
            .Required("streamName", request.StreamName)
            .StreamName("streamName", request.StreamName)
            .Range("shardCount", request.ShardCount, 1, int.MaxValue)
            .OneOf("streamModeDetails.streamMode", request.StreamModeDetails?.StreamMode, StreamModes.All)
            .ThrowIfAny();
        var tags = Tags.Checked(request.Tags ?? []);
        var mode = Mode(request);
        var shards = mode == StreamMode.OnDemand ? KinesisLimits.OnDemandShards : request.ShardCount!.Value;
        return streams.Ask((state, now) =>
        {
            var stream = state.Create(request.StreamName!, mode, shards, now);
            stream.Tags = stream.Tags.AddRange(tags);
            return (stream.Name, shards);
        });
    }

    private static StreamMode Mode(CreateStreamRequest request)
    {
        if (request.StreamModeDetails is not { } details)
            return request.ShardCount is null ? StreamMode.OnDemand : StreamMode.Provisioned;
        if (details.StreamMode is null)
            throw KinesisErrors.InvalidArgument("StreamModeDetails must have a StreamMode.");
        var mode = StreamModes.Of(details.StreamMode);
        if (mode == StreamMode.Provisioned && request.ShardCount is null)
            throw KinesisErrors.InvalidArgument("ShardCount is required for a stream in provisioned mode.");
        if (mode == StreamMode.OnDemand && request.ShardCount is not null)
            throw KinesisErrors.InvalidArgument("ShardCount must not be given for a stream in on-demand mode.");
        return mode;
    }
}
