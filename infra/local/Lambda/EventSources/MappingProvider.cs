using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>Deploys <c>AWS::Lambda::EventSourceMapping</c> for queues and streams.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::EventSourceMapping.</remarks>
internal sealed class MappingProvider(EventSourceMappings mappings) : IResourceProvider
{
    public const string MappingType = "AWS::Lambda::EventSourceMapping";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [MappingType];

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(
        update => Deployed(
            update.Declaration, mappings.Update(update.Existing.PhysicalId, Read(update.Declaration.Properties))),
        deletion => mappings.Delete(deletion.Existing.PhysicalId)) with
    {
        Replacement = ["EventSourceArn", "StartingPosition", "StartingPositionTimestamp"],
    };

    public ValueTask<DeployedResource> CreateAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var request = Read(declaration.Properties);
        try
        {
            return ValueTask.FromResult(Deployed(declaration, mappings.Create(request)));
        }
        catch (AwsException e)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, EventSourceMapping mapping) => new(
        declaration.LogicalId, MappingType, mapping.Uuid, mapping.Uuid, new Dictionary<string, string>
        {
            ["Id"] = mapping.Uuid,
            ["EventSourceMappingArn"] = mapping.Arn,
        });

    private static MappingRequest Read(PropertyReader properties)
    {
        var arn = Arn.TryParse(properties.RequiredString("EventSourceArn"));
        if (arn is null) properties.Refuse("EventSourceArn", "must be an ARN");
        var function = FunctionReference.OfTemplate(properties.RequiredString("FunctionName"));
        if (function is null) properties.Refuse("FunctionName", "must be a function's name or ARN");
        var types = properties.OptionalStringList("FunctionResponseTypes") ?? [];
        if (types.Any(type => type != "ReportBatchItemFailures"))
            properties.Refuse("FunctionResponseTypes", "must be a list of ReportBatchItemFailures");
        var request = new MappingRequest(arn ?? new Arn("", "", "", "", ""), function ?? default)
        {
            BatchSize = properties.OptionalInt32("BatchSize", 1, MappingLimits.MaxBatchSize),
            WindowSeconds = properties.OptionalInt32(
                "MaximumBatchingWindowInSeconds", 0, MappingLimits.MaxWindowSeconds) ?? 0,
            MaximumConcurrency = properties.OptionalMap("ScalingConfig")?.OptionalInt32(
                "MaximumConcurrency", MappingLimits.MinMaximumConcurrency, MappingLimits.MaxMaximumConcurrency),
            ReportsBatchItemFailures = types.Count > 0,
            CountsEvents = CountsEvents(properties),
            Filters = Filters(properties),
            Stream = Stream(properties),
            Enabled = properties.OptionalBoolean("Enabled") ?? true,
        };
        properties.Finish();
        return request;
    }

    private static bool CountsEvents(PropertyReader properties)
    {
        if (properties.OptionalMap("MetricsConfig") is not { } config) return false;
        var metrics = config.OptionalStringList("Metrics") ?? [];
        if (metrics.Any(metric => metric != "EventCount")) config.Refuse("Metrics", "must be a list of EventCount");
        return metrics.Count > 0;
    }

    private static IReadOnlyList<string> Filters(PropertyReader properties) =>
        properties.OptionalMap("FilterCriteria") is { } criteria
            ? [.. (criteria.OptionalList("Filters") ?? []).Select(filter => filter.RequiredString("Pattern"))]
            : [];

    private static StreamOptions Stream(PropertyReader properties)
    {
        var destination = properties.OptionalMap("DestinationConfig");
        return new StreamOptions
        {
            StartingPosition = properties.OptionalString(
                "StartingPosition", StreamStart.Latest, StreamStart.AtTimestamp, StreamStart.TrimHorizon),
            StartingPositionTimestamp = properties.OptionalInt32("StartingPositionTimestamp", 0, int.MaxValue)
                is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            ParallelizationFactor = properties.OptionalInt32(
                "ParallelizationFactor", 1, MappingLimits.MaxParallelizationFactor),
            BisectBatchOnFunctionError = properties.OptionalBoolean("BisectBatchOnFunctionError"),
            MaximumRetryAttempts = properties.OptionalInt32(
                "MaximumRetryAttempts", -1, MappingLimits.MaxRetryAttempts),
            MaximumRecordAgeInSeconds = properties.OptionalInt32(
                "MaximumRecordAgeInSeconds", -1, MappingLimits.MaxRecordAgeSeconds),
            TumblingWindowInSeconds = properties.OptionalInt32(
                "TumblingWindowInSeconds", 0, MappingLimits.MaxTumblingWindowSeconds),
            HasDestinationConfig = destination is not null,
            OnFailure = destination?.OptionalMap("OnFailure")?.OptionalString("Destination"),
        };
    }
}
