using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Control.Operations;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources.Operations;

/// <summary>Creates, changes and deletes event source mappings.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, CreateEventSourceMapping, UpdateEventSourceMapping and DeleteEventSourceMapping;
/// texts as recorded. Each answers 202 with the state that the mapping passes through; here it is done at once.
/// </remarks>
internal sealed class ChangeEventSourceMappings(EventSourceMappings mappings, string region)
{
    /// <exception cref="AwsException">
    /// InvalidParameterValueException: the source, the function or a setting; ValidationException: the form of a
    /// setting; ResourceConflictException: it exists.
    /// </exception>
    public async ValueTask CreateAsync(RestRequest request)
    {
        var body = await JsonBody.ReadAsync(request, MappingJson.Wire.CreateEventSourceMappingBody);
        if (body.FunctionName is not { } name)
            throw LambdaErrors.Validation(
                "Value null at 'functionName' failed to satisfy constraint: Member must not be null");
        if (Arn.TryParse(body.EventSourceArn ?? "") is not { } source)
            throw LambdaErrors.InvalidParameter("Unrecognized event source.");
        CheckOthers(body);
        if (request.Scope.Region != region) throw LambdaErrors.InvalidParameter("Function does not exist");
        var tags = body.Tags ?? new Dictionary<string, string>();
        Tags.Check(tags);
        var function = FunctionReference.Parse(name, null, request.Scope, "lambda:CreateEventSourceMapping");
        var mapping = mappings.Create(new MappingRequest(source, function)
        {
            BatchSize = body.BatchSize,
            WindowSeconds = body.MaximumBatchingWindowInSeconds ?? 0,
            MaximumConcurrency = body.ScalingConfig?.MaximumConcurrency,
            ReportsBatchItemFailures = body.FunctionResponseTypes is { Count: > 0 },
            Enabled = body.Enabled ?? true,
            CountsEvents = body.MetricsConfig?.Metrics is { Count: > 0 },
            Filters = FiltersOf(body) ?? [],
            Stream = StreamOf(body) with
            {
                StartingPosition = body.StartingPosition,
                StartingPositionTimestamp = Instant(body.StartingPositionTimestamp),
            },
            Tags = tags,
        });
        await WriteAsync(request, mapping with { State = MappingStates.Creating });
    }

    /// <exception cref="AwsException">As <see cref="CreateAsync"/>, and ResourceNotFoundException.</exception>
    public async ValueTask UpdateAsync(RestRequest request)
    {
        var body = await JsonBody.ReadAsync(request, MappingJson.Wire.EventSourceMappingBody);
        var before = Find(request);
        CheckOthers(body);
        var function = body.FunctionName is { } name
            ? FunctionReference.Parse(name, null, request.Scope, "lambda:UpdateEventSourceMapping")
            : new FunctionReference(before.FunctionName, before.Function.Qualifier);
        var enabled = body.Enabled ?? before.Enabled;
        var mapping = mappings.Update(before.Uuid, new MappingRequest(before.Source, function)
        {
            BatchSize = body.BatchSize ?? before.BatchSize,
            WindowSeconds = body.MaximumBatchingWindowInSeconds ?? (int)before.BatchingWindow.TotalSeconds,
            // An empty ScalingConfig takes the maximum away. Source: API Reference, ScalingConfig.
            MaximumConcurrency = body.ScalingConfig is { } scaling
                ? scaling.MaximumConcurrency
                : (before as QueueMapping)?.MaximumConcurrency,
            ReportsBatchItemFailures = body.FunctionResponseTypes is { } types
                ? types.Count > 0
                : before.ReportsBatchItemFailures,
            Enabled = enabled,
            CountsEvents = body.MetricsConfig is { } metrics ? metrics.Metrics is { Count: > 0 } : before.CountsEvents,
            Filters = FiltersOf(body) ?? before.Filter.Sources,
            Stream = before is StreamMapping stream ? StreamOf(body).Over(stream.Settings) : StreamOf(body),
        });
        await WriteAsync(request, mapping with
        {
            State = (before.Enabled, enabled) switch
            {
                (false, true) => MappingStates.Enabling,
                (true, false) => MappingStates.Disabling,
                _ => MappingStates.Updating,
            },
        });
    }

    /// <exception cref="AwsException">ResourceNotFoundException.</exception>
    public ValueTask DeleteAsync(RestRequest request)
    {
        var mapping = mappings.Delete(Find(request).Uuid) ?? throw LambdaErrors.ResourceNotFound();
        return WriteAsync(request, mapping with { State = MappingStates.Deleting });
    }

    private static ValueTask WriteAsync(RestRequest request, EventSourceMapping mapping) =>
        JsonBody.WriteAsync(request, json => MappingView.Write(json, mapping), status: 202);

    private EventSourceMapping Find(RestRequest request) =>
        mappings.Find(request.Label) is { } mapping && mapping.Source.Region == request.Scope.Region
            ? mapping
            : throw LambdaErrors.ResourceNotFound();

    private static StreamOptions StreamOf(EventSourceMappingBody body) => new()
    {
        ParallelizationFactor = body.ParallelizationFactor,
        BisectBatchOnFunctionError = body.BisectBatchOnFunctionError,
        MaximumRetryAttempts = body.MaximumRetryAttempts,
        MaximumRecordAgeInSeconds = body.MaximumRecordAgeInSeconds,
        TumblingWindowInSeconds = body.TumblingWindowInSeconds,
        HasDestinationConfig = body.DestinationConfig is not null,
        OnFailure = body.DestinationConfig?.OnFailure?.Destination,
    };

    // Null when the request says nothing; empty criteria take the filters away.
    private static IReadOnlyList<string>? FiltersOf(EventSourceMappingBody body) => body.FilterCriteria is { } criteria
        ? [.. (criteria.Filters ?? []).Select(filter => filter.Pattern ?? "{}")]
        : null;

    private static DateTimeOffset? Instant(double? seconds) => seconds switch
    {
        null => null,
        >= 0 and <= 253_402_300_799 => DateTimeOffset.UnixEpoch.AddSeconds(seconds.Value),
        _ => throw LambdaErrors.InvalidParameter("StartingPositionTimestamp is not valid."),
    };

    private static void CheckOthers(EventSourceMappingBody body)
    {
        if (body.FunctionResponseTypes?.All(type => type == "ReportBatchItemFailures") == false)
            throw EnumError(body.FunctionResponseTypes, "functionResponseTypes", "ReportBatchItemFailures");
        if (body.MetricsConfig?.Metrics?.All(metric => metric == "EventCount") == false)
            throw EnumError(body.MetricsConfig.Metrics, "metricsConfig.metrics", "EventCount");
    }

    private static AwsException EnumError(IReadOnlyList<string> values, string member, string allowed) =>
        LambdaErrors.Validation(LambdaErrors.Constraint(
            $"[{string.Join(", ", values)}]", member,
            $"satisfy constraint: [Member must satisfy enum value set: [{allowed}], Member must not be null]"));
}
