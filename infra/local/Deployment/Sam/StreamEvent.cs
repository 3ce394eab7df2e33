using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>What SAM makes of an event that is a stream, whichever service has it.</summary>
internal static class StreamEvent
{
    private static readonly string[] MappingProperties =
    [
        "BatchSize", "BisectBatchOnFunctionError", "DestinationConfig", "Enabled", "FilterCriteria",
        "FunctionResponseTypes", "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts",
        "MetricsConfig", "ParallelizationFactor", "StartingPosition", "StartingPositionTimestamp",
        "TumblingWindowInSeconds",
    ];

    /// <summary>Adds the event source mapping, or reports what the event lacks.</summary>
    /// <param name="type">The event's type.</param>
    public static void Expand(SamEvent declared, string type)
    {
        declared.Reader.OnlyKeys(declared.Properties, ["Stream", .. MappingProperties]);
        if (declared.Value("StartingPosition") is null) declared.Fail($"a {type} event must have a StartingPosition");
        // The real transform makes a policy of the destination's type.
        if (declared.Value("DestinationConfig") is TemplateMapping config
            && config.Find("OnFailure")?.Value is TemplateMapping failure && failure.Find("Type") is not null)
            declared.Fail("DestinationConfig.OnFailure.Type is not supported; write the policy yourself without it");
        if (declared.Value("Stream") is { } stream) declared.AddMapping(stream, MappingProperties);
        else declared.Fail($"a {type} event must have a Stream");
    }
}
