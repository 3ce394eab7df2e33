using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>The resources of an edge stack that are deployed so far.</summary>
internal sealed class EdgeStack
{
    /// <summary>Published versions, by their ARN.</summary>
    public Dictionary<string, EdgeFunction> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>By function name.</summary>
    public Dictionary<string, EdgeFunction> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public Dictionary<string, CachePolicy> CachePolicies { get; } = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public Dictionary<string, OriginRequestPolicy> OriginRequestPolicies { get; } = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public Dictionary<string, ResponseHeadersPolicy> ResponseHeadersPolicies { get; } = new(StringComparer.Ordinal);

    public DistributionSettings? Distribution { get; set; }

    /// <summary>Deploys <c>edge.yaml</c>.</summary>
    /// <param name="parameters">Values by name; those that the template has no parameter for are left out.</param>
    /// <exception cref="DeploymentException">It can't be deployed here, or has no distribution.</exception>
    public static async Task<(DistributionSettings Distribution, DeployedStack Deployed)> DeployAsync(
        TemplateSource template, IReadOnlyDictionary<string, string> parameters, StackIdentity identity,
        TemplateParts parts, FunctionLimits limits, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stack = new EdgeStack();
        var deployed = await StackDeployment.DeployAsync(
            template,
            ParameterProfile.Empty.With(
                TemplateParameters.In(template).Where(parameters.ContainsKey)
                    .Select(name => $"{name}={parameters[name]}"),
                "the core stack's outputs"),
            identity,
            [new FunctionResources(stack, Path.GetDirectoryName(Path.GetFullPath(template.File))!),
                new CacheResources(stack), new DistributionResource(stack, limits)],
            parts,
            now,
            cancellationToken);
        return stack.Distribution is { } distribution
            ? (distribution, deployed)
            : throw new DeploymentException(
                new SourceLocation(template.File, 0, 0), "", "the template has no AWS::CloudFront::Distribution");
    }
}
