namespace Isobar.Local.Edge.Stack;

/// <summary>What the template says about its distribution.</summary>
/// <param name="Id">For example <c>E1ABCDEFGHIJKL</c>.</param>
/// <param name="DomainName">The name that it would have on AWS.</param>
/// <param name="DefaultRootObject">What a request for <c>/</c> means; empty for nothing.</param>
/// <param name="Behaviors">In order; the last is for every path.</param>
/// <param name="Errors">By the origin's status.</param>
/// <param name="Log">Where the access log goes; null for nowhere.</param>
internal sealed record DistributionSettings(
    string Id,
    string DomainName,
    string DefaultRootObject,
    IReadOnlyList<BehaviorSettings> Behaviors,
    IReadOnlyDictionary<int, CustomError> Errors,
    LogSettings? Log)
{
    /// <summary>Every function that some event runs, once.</summary>
    public IEnumerable<EdgeFunction> Functions =>
        Behaviors.SelectMany(behavior => behavior.Functions.Values).Select(association => association.Function)
            .Distinct();

    /// <summary>The first behavior whose pattern a path matches.</summary>
    public BehaviorSettings BehaviorOf(string path)
    {
        foreach (var behavior in Behaviors)
            if (behavior.Pattern.Matches(path)) return behavior;
        return Behaviors[^1];
    }
}
