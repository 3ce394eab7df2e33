namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// With the defaults, the event source mappings that have a bound leave three of a new account's ten concurrent
/// executions to everything else.
/// </summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, Lambda quotas (new accounts have less than the documented 1,000) and "Process
/// records in parallel": a stream mapping runs as many batches of a shard at a time as its ParallelizationFactor, or 1.
/// </remarks>
internal sealed class MappingsFitANewAccount : ITemplateCheck
{
    private const int Most = 7;

    public IEnumerable<Finding> Find(Template template)
    {
        if (template.Profile != Profile.Defaults) return [];
        var bounds = template.Functions.SelectMany(Bounds).ToList();
        return bounds.Sum() > Most
            ? [new Finding("the mappings", $"use {bounds.Sum()} of a new account's 10 executions, of {Most}")]
            : [];
    }

    // A queue's mapping without a bound takes what is left.
    private static IEnumerable<double> Bounds(TemplateResource function) =>
        function.Events("SQS")
            .Select(mapping => Intrinsic.Number(mapping.Properties["ScalingConfig"]?["MaximumConcurrency"]) ?? 0)
            .Concat(function.Events("DynamoDB", "Kinesis")
                .Select(mapping => Intrinsic.Number(mapping.Properties["ParallelizationFactor"]) ?? 1));
}
