namespace Isobar.Local.Edge.Stack;

/// <summary>What the template says about its distribution.</summary>
/// <param name="Id">For example <c>E1ABCDEFGHIJKL</c>.</param>
/// <param name="DomainName">The name that it would have on AWS.</param>
/// <param name="DefaultRootObject">What a request for <c>/</c> means; empty for nothing.</param>
/// <param name="Origins">In order.</param>
/// <param name="Behaviors">In order; the last is for every path.</param>
/// <param name="Errors">By the origin's status.</param>
/// <param name="Log">Where the access log goes; null for nowhere.</param>
internal sealed record DistributionSettings(
    string Id,
    string DomainName,
    string DefaultRootObject,
    IReadOnlyList<OriginSettings> Origins,
    IReadOnlyList<BehaviorSettings> Behaviors,
    IReadOnlyDictionary<int, CustomError> Errors,
    LogSettings? Log)
{
    /// <summary>Every function that some event runs, once.</summary>
    public IEnumerable<EdgeFunction> Functions =>
        Behaviors.SelectMany(behavior => behavior.Functions.Values).Select(association => association.Function)
            .Distinct();

    /// <summary>What the API shows of the distribution, and the rest of it does not use.</summary>
    public required DistributionDescription Description { get; init; }

    /// <summary>The first behavior whose pattern a path matches, whatever way the path is spelled.</summary>
    /// <param name="path">As it is on the request line.</param>
    public BehaviorSettings BehaviorOf(string path)
    {
        var normalized = NormalizedPath.Of(path);
        foreach (var behavior in Behaviors)
            if (behavior.Pattern.Matches(normalized)) return behavior;
        return Behaviors[^1];
    }
}

/// <param name="PriceClass">For example <c>PriceClass_100</c>.</param>
/// <param name="HttpVersion">For example <c>http2and3</c>.</param>
internal sealed record DistributionDescription(
    string Comment, string PriceClass, string HttpVersion, bool IsIpv6Enabled);
