namespace Isobar.Local.Lambda.Control;

/// <summary>A name for a version, or for two of which one is drawn for each invocation.</summary>
/// <remarks>Source: AWS Lambda Developer Guide, "Create an alias for a Lambda function" and "Implement Lambda canary
/// deployments using a weighted alias".</remarks>
/// <param name="Version"><c>$LATEST</c> or a number.</param>
/// <param name="RevisionId">A UUID, new with every change.</param>
internal sealed record FunctionAlias(string Name, string Version, string Description, string RevisionId)
{
    /// <summary>The version that gets a share of the invocations; null when <see cref="Version"/> gets all.</summary>
    public WeightedVersion? Additional { get; init; }
}

/// <summary>A version and its share of an alias's invocations.</summary>
/// <param name="Version">A number.</param>
/// <param name="Weight">0 to 1.</param>
internal sealed record WeightedVersion(string Version, double Weight);
