using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Control;

/// <summary>Resolves what callers name to versions of functions, for every door to Lambda.</summary>
/// <param name="region">The one Region whose functions exist.</param>
internal sealed class FunctionDirectory(Monitor<FunctionRegistry> functions, string region)
{
    private const string Service = "lambda";

    /// <param name="callRegion">The Region that the caller speaks to.</param>
    /// <returns>Null when there is no such function or version in that Region.</returns>
    public ResolvedFunction? Resolve(FunctionReference reference, string callRegion) => callRegion == region
        ? functions.Ask((registry, _) => registry.Resolve(reference.Name, reference.Qualifier))
        : null;

    /// <summary>Resolves a function's ARN, qualified or not.</summary>
    /// <returns>Null when it is no function's, or there is no such function or version.</returns>
    public ResolvedFunction? Resolve(Arn arn) => arn.Service == Service && arn.Region == region
        ? arn.Resource.Split(':') switch
        {
            ["function", var name] => functions.Ask((registry, _) => registry.Resolve(name, null)),
            ["function", var name, var qualifier] =>
                functions.Ask((registry, _) => registry.Resolve(name, qualifier)),
            _ => null,
        }
        : null;

    /// <summary>What is deployed under a resolved version now: a new deployment changes <c>$LATEST</c>.</summary>
    /// <returns>Null when it has been deleted since.</returns>
    public DeployedFunction? Current(ResolvedFunction function) =>
        functions.Ask((registry, _) => registry.Find(function));
}
