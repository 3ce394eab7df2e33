using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Control;

/// <summary>Lets other services read and change where an alias of a function sends its invocations.</summary>
/// <param name="region">The one Region whose functions exist.</param>
internal sealed class AliasTraffic(
    Monitor<FunctionRegistry> functions, AliasChanges changes, string region) : ITrafficAliases
{
    public string Service => "lambda";

    public bool Exists(Arn resource) => Find(resource) is not null;

    public AliasRouting? Find(Arn alias)
    {
        if (Parse(alias) is not var (function, name)) return null;
        var found = functions.Ask((registry, _) => registry.Entry(function)?.Alias(name));
        return found is null
            ? null
            : new AliasRouting(found.Version, found.Additional?.Version, found.Additional?.Weight ?? 0);
    }

    public void Route(Arn alias, AliasRouting routing)
    {
        if (Parse(alias) is not var (function, name)) throw LambdaErrors.NotFound($"Alias not found: {alias}");
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        if (routing.Additional is { } additional) weights[additional] = routing.Weight;
        changes.Update(
            function, (alias with { Resource = $"function:{function}" }).ToString(), name,
            new AliasSettings(routing.Version, Description: null, weights, RevisionId: null));
    }

    private (string Function, string Alias)? Parse(Arn alias) =>
        alias.Region == region && alias.Resource.Split(':') is ["function", var function, var name]
            ? (function, name)
            : null;
}
