using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Gives back what was reserved for a function.</summary>
/// <remarks>Source: AWS Lambda API Reference, DeleteFunctionConcurrency.</remarks>
internal sealed class DeleteFunctionConcurrency(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">InvalidParameterValueException: a qualifier; ResourceNotFoundException.
    /// </exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:DeleteFunctionConcurrency");
        if (request.Scope.Region != region || !functions.Ask((registry, _) => registry.Reserve(function.Name, null)))
            throw UnqualifiedFunction.NotFound(function, request.Scope);
        return JsonBody.AnswerNoContent(request);
    }
}
