using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Lists the aliases of a function, or those that a version has, 50 a page.</summary>
/// <remarks>Source: AWS Lambda API Reference, ListAliases.</remarks>
internal sealed class ListAliases(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">ResourceNotFoundException: there is no such function; ValidationException.
    /// </exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:ListAliases");
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        var version = request.Query("FunctionVersion");
        var aliases = (request.Scope.Region == region
                ? functions.Ask((registry, _) => registry.Entry(function.Name)?.Aliases.ToArray())
                : null)
            ?? throw LambdaErrors.FunctionNotFound(arn);
        return JsonBody.WritePageAsync(
            request, "Aliases",
            aliases.Where(alias => version is null || alias.Version == version || alias.Additional?.Version == version),
            alias => alias.Name, LambdaLimits.MaxVersionsOnPage, (json, alias) =>
            {
                json.WriteStartObject();
                AliasView.Write(json, arn, alias);
                json.WriteEndObject();
            });
    }
}
