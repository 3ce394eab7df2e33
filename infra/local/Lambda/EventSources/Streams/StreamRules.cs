using Isobar.Local.Lambda.Control;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>Checks the settings of a stream's mapping.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, CreateEventSourceMapping, for ranges; texts about starting positions as recorded
/// against AWS in November 2025.
/// </remarks>
internal static class StreamRules
{
    private static readonly string[] Positions =
        [StreamStart.Latest, StreamStart.AtTimestamp, StreamStart.TrimHorizon];

    /// <exception cref="AwsException">ValidationException or InvalidParameterValueException.</exception>
    public static StreamSettings Read(StreamOptions options)
    {
        CheckRanges(options);
        return new StreamSettings(StartOf(options))
        {
            ParallelizationFactor = options.ParallelizationFactor ?? 1,
            Bisects = options.BisectBatchOnFunctionError ?? false,
            MaximumRetryAttempts = options.MaximumRetryAttempts ?? -1,
            MaximumRecordAgeSeconds = options.MaximumRecordAgeInSeconds ?? -1,
            TumblingWindowSeconds = options.TumblingWindowInSeconds ?? 0,
            OnFailure = string.IsNullOrEmpty(options.OnFailure) ? null : Destination(options.OnFailure),
        };
    }

    private static StreamStart StartOf(StreamOptions options)
    {
        if (options.StartingPosition is not { } position)
            throw LambdaErrors.InvalidParameter("1 validation error detected: Value null at 'startingPosition' failed "
                + "to satisfy constraint: Member must not be null.");
        if (position == StreamStart.AtTimestamp && options.StartingPositionTimestamp is null)
            throw LambdaErrors.InvalidParameter(
                "StartingPositionTimestamp must be provided when StartingPosition is AT_TIMESTAMP.");
        if (position != StreamStart.AtTimestamp && options.StartingPositionTimestamp is not null)
            throw LambdaErrors.InvalidParameter(
                "StartingPositionTimestamp is only valid when StartingPosition is AT_TIMESTAMP.");
        return new StreamStart(position, options.StartingPositionTimestamp);
    }

    private static void CheckRanges(StreamOptions options)
    {
        var errors = new List<string>();
        if (options.StartingPosition is { } position && !Positions.Contains(position))
            errors.Add(LambdaErrors.Constraint(position, "startingPosition",
                $"satisfy enum value set: [{string.Join(", ", Positions)}]"));
        MappingRequest.Range(errors, options.ParallelizationFactor ?? 1, "parallelizationFactor", 1,
            MappingLimits.MaxParallelizationFactor);
        MappingRequest.Range(errors, options.MaximumRetryAttempts ?? -1, "maximumRetryAttempts", -1,
            MappingLimits.MaxRetryAttempts);
        MappingRequest.Range(errors, options.MaximumRecordAgeInSeconds ?? -1, "maximumRecordAgeInSeconds", -1,
            MappingLimits.MaxRecordAgeSeconds);
        MappingRequest.Range(errors, options.TumblingWindowInSeconds ?? 0, "tumblingWindowInSeconds", 0,
            MappingLimits.MaxTumblingWindowSeconds);
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
        if (options.MaximumRecordAgeInSeconds is >= 0 and < MappingLimits.MinRecordAgeSeconds)
            throw LambdaErrors.InvalidParameter(
                $"MaximumRecordAgeInSeconds must be -1, or at least {MappingLimits.MinRecordAgeSeconds}.");
    }

    private static Arn Destination(string text)
    {
        if (Arn.TryParse(text) is not { } arn || arn.Resource.Length == 0)
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                text, "destinationConfig.onFailure.destination", "be an ARN"));
        if (arn.Service is "sqs" or "sns" && arn.Resource.EndsWith(".fifo", StringComparison.Ordinal))
            throw LambdaErrors.InvalidParameter(
                $"FIFO queues and topics can't be the on-failure destination of a mapping: {text}");
        return arn.Service is "sqs" or "sns" or "s3"
            ? arn
            : throw LambdaErrors.InvalidParameter(
                $"The on-failure destination of a mapping must be a queue, a topic or a bucket: {text}");
    }
}
