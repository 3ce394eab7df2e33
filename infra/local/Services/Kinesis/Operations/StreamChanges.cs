using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis.Operations;

internal sealed record RetentionPeriodRequest(string? StreamName, string? StreamARN, int? RetentionPeriodHours);

internal sealed record UpdateStreamModeRequest(string? StreamARN, StreamModeDetails? StreamModeDetails);

/// <summary>Changes how long a stream keeps its records, and its mode.</summary>
/// <remarks>
/// Source: Amazon Kinesis Data Streams API Reference, IncreaseStreamRetentionPeriod, DecreaseStreamRetentionPeriod and
/// UpdateStreamMode.
/// </remarks>
internal static class StreamChanges
{
    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException.
    /// </exception>
    public static EmptyResponse Increase(
        Monitor<KinesisState> streams, RetentionPeriodRequest request, CallScope scope) => Retain(
        streams, request, scope, static (hours, stream) =>
        {
            if (hours < stream.Retention.TotalHours)
                throw KinesisErrors.InvalidArgument(
                    $"Requested retention period ({hours} hours) for stream {stream.Name} can not be shorter than "
                    + $"existing retention period ({stream.Retention.TotalHours} hours). Use DecreaseRetentionPeriod "
                    + "API.");
        });

    /// <exception cref="AwsException">As <see cref="Increase"/>.</exception>
    public static EmptyResponse Decrease(
        Monitor<KinesisState> streams, RetentionPeriodRequest request, CallScope scope) => Retain(
        streams, request, scope, static (hours, stream) =>
        {
            if (hours > stream.Retention.TotalHours)
                throw KinesisErrors.InvalidArgument(
                    $"Requested retention period ({hours} hours) for stream {stream.Name} can not be longer than "
                    + $"existing retention period ({stream.Retention.TotalHours} hours). Use IncreaseRetentionPeriod "
                    + "API.");
        });

    /// <exception cref="AwsException">ValidationException; InvalidArgumentException; ResourceNotFoundException;
    /// LimitExceededException.</exception>
    public static EmptyResponse Mode(Monitor<KinesisState> streams, UpdateStreamModeRequest request, CallScope scope)
    {
        new ModelConstraints()
            .Required("streamARN", request.StreamARN)
            .Stream(null, request.StreamARN)
            .Required("streamModeDetails", request.StreamModeDetails)
            .OneOf("streamModeDetails.streamMode", request.StreamModeDetails?.StreamMode, StreamModes.All)
            .ThrowIfAny();
        if (request.StreamModeDetails!.StreamMode is not { } mode)
            throw KinesisErrors.InvalidArgument("StreamModeDetails must have a StreamMode.");
        var name = StreamParameters.NameOf(null, request.StreamARN, scope);
        streams.Post((state, now) => Change(state, state.Get(name, now), StreamModes.Of(mode), now));
        return new EmptyResponse();
    }

    /// <summary>Changes the mode; a stream keeps its shards.</summary>
    /// <exception cref="AwsException">LimitExceededException.</exception>
    public static void Change(KinesisState state, KinesisStream stream, StreamMode mode, DateTimeOffset now)
    {
        if (stream.Mode == mode) return;
        if (mode == StreamMode.OnDemand) state.CheckOnDemand();
        if (!stream.ModeChanges.TryAdd(KinesisLimits.MaxModeChangesPerDay, now))
            throw KinesisErrors.LimitExceeded(
                $"The mode of stream {stream.Place} was changed {KinesisLimits.MaxModeChangesPerDay} times within 24 "
                + "hours.");
        stream.Mode = mode;
    }

    private static EmptyResponse Retain(
        Monitor<KinesisState> streams, RetentionPeriodRequest request, CallScope scope,
        Action<int, KinesisStream> check)
    {
        new ModelConstraints()
            .Stream(request.StreamName, request.StreamARN)
            .Required("retentionPeriodHours", request.RetentionPeriodHours)
            .ThrowIfAny();
        var hours = request.RetentionPeriodHours!.Value;
        if (hours < KinesisLimits.MinRetentionHours)
            throw KinesisErrors.InvalidArgument(
                $"Minimum allowed retention period is {KinesisLimits.MinRetentionHours} hours. Requested retention "
                + $"period ({hours} hours) is too short.");
        if (hours > KinesisLimits.MaxRetentionHours)
            throw KinesisErrors.InvalidArgument(
                $"Maximum allowed retention period is {KinesisLimits.MaxRetentionHours} hours. Requested retention "
                + $"period ({hours} hours) is too long.");
        var name = StreamParameters.NameOf(request.StreamName, request.StreamARN, scope);
        streams.Post((state, now) =>
        {
            var stream = state.Get(name, now);
            check(hours, stream);
            stream.Retention = TimeSpan.FromHours(hours);
            stream.Trim(now);
        });
        return new EmptyResponse();
    }
}
