using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.EventSources.Streams;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>What whoever creates a mapping asks for; numbers as on the wire.</summary>
internal sealed record MappingRequest(Arn Source, FunctionReference Function)
{
    /// <summary>Null for the default of the kind of source.</summary>
    public int? BatchSize { get; init; }

    public int WindowSeconds { get; init; }

    public int? MaximumConcurrency { get; init; }

    public bool ReportsBatchItemFailures { get; init; }

    public bool Enabled { get; init; } = true;

    public bool CountsEvents { get; init; }

    /// <summary>Patterns, of which a record must match one; none for every record.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>What only streams have.</summary>
    public StreamOptions Stream { get; init; } = new();

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Checks the range of each number; the event source checks them against each other.</summary>
    /// <exception cref="AwsException">ValidationException.</exception>
    public void Validate()
    {
        var errors = new List<string>();
        Range(errors, BatchSize ?? 1, "batchSize", 1, MappingLimits.MaxBatchSize);
        Range(errors, WindowSeconds, "maximumBatchingWindowInSeconds", 0, MappingLimits.MaxWindowSeconds);
        Range(errors, MaximumConcurrency ?? MappingLimits.MinMaximumConcurrency, "scalingConfig.maximumConcurrency",
            MappingLimits.MinMaximumConcurrency, MappingLimits.MaxMaximumConcurrency);
        if (errors.Count > 0) throw LambdaErrors.Validation(errors);
    }

    /// <summary>Adds the text of a range that a number is not in.</summary>
    public static void Range(List<string> errors, int value, string member, int least, int most)
    {
        if (value < least)
            errors.Add(LambdaErrors.Constraint($"{value}", member, $"have value greater than or equal to {least}"));
        if (value > most)
            errors.Add(LambdaErrors.Constraint($"{value}", member, $"have value less than or equal to {most}"));
    }
}
