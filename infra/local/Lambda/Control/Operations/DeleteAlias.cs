using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Removes an alias; one that is not there counts as removed (recorded).</summary>
/// <remarks>Source: AWS Lambda API Reference, DeleteAlias.</remarks>
internal sealed class DeleteAlias(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">ResourceNotFoundException: there is no such function.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:DeleteAlias");
        var name = request.SecondLabel;
        var isThere = request.Scope.Region == region && functions.Ask((registry, _) =>
        {
            registry.Entry(function.Name)?.DeleteAlias(name);
            return registry.Entry(function.Name) is not null;
        });
        return isThere
            ? JsonBody.AnswerNoContent(request)
            : throw LambdaErrors.FunctionNotFound(function.Arn(request.Scope.Region, request.Scope.AccountId));
    }
}
