using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Control.Operations;
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
            BatchSize = body.BatchSize ?? MappingLimits.DefaultBatchSize,
            WindowSeconds = body.MaximumBatchingWindowInSeconds ?? 0,
            MaximumConcurrency = body.ScalingConfig?.MaximumConcurrency,
            ReportsBatchItemFailures = body.FunctionResponseTypes is { Count: > 0 },
            Enabled = body.Enabled ?? true,
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
        var mapping = mappings.Update(before.Uuid, new MappingRequest(before.Queue, function)
        {
            BatchSize = body.BatchSize ?? before.BatchSize,
            WindowSeconds = body.MaximumBatchingWindowInSeconds ?? (int)before.BatchingWindow.TotalSeconds,
            // An empty ScalingConfig takes the maximum away. Source: API Reference, ScalingConfig.
            MaximumConcurrency = body.ScalingConfig is { } scaling
                ? scaling.MaximumConcurrency
                : before.MaximumConcurrency,
            ReportsBatchItemFailures = body.FunctionResponseTypes is { } types
                ? types.Count > 0
                : before.ReportsBatchItemFailures,
            Enabled = enabled,
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

    private static ValueTask WriteAsync(RestRequest request, QueueMapping mapping) =>
        JsonBody.WriteAsync(request, json => MappingView.Write(json, mapping), status: 202);

    private QueueMapping Find(RestRequest request) =>
        mappings.Find(request.Label) is { } mapping && mapping.Queue.Region == request.Scope.Region
            ? mapping
            : throw LambdaErrors.ResourceNotFound();

    private static void CheckOthers(EventSourceMappingBody body)
    {
        if (body.DestinationConfig is not null)
            throw LambdaErrors.InvalidParameter(
                "Unsupported DestinationConfig parameter for given event source mapping type.");
        if (body.FilterCriteria?.Filters is { Count: > 0 })
            throw LambdaErrors.InvalidParameter("FilterCriteria is not supported on this host.");
        if (body.FunctionResponseTypes?.All(type => type == "ReportBatchItemFailures") == false)
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                $"[{string.Join(", ", body.FunctionResponseTypes)}]", "functionResponseTypes",
                "satisfy constraint: [Member must satisfy enum value set: [ReportBatchItemFailures], Member must not "
                + "be null]"));
    }
}
