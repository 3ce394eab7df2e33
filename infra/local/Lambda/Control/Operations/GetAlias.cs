using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Tells which version an alias points to.</summary>
/// <remarks>Source: AWS Lambda API Reference, GetAlias.</remarks>
internal sealed class GetAlias(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">ResourceNotFoundException, and what a function's name can have wrong.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:GetAlias");
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        var name = request.SecondLabel;
        var alias = (request.Scope.Region == region
                ? functions.Ask((registry, _) => registry.Entry(function.Name)?.Alias(name))
                : null)
            ?? throw LambdaErrors.NotFound($"Cannot find alias arn: {arn}:{name}");
        return JsonBody.WriteAsync(request, json => AliasView.Write(json, arn, alias));
    }
}
