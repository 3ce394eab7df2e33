using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Tells what is reserved for a function; nothing when nothing is.</summary>
/// <remarks>Source: AWS Lambda API Reference, GetFunctionConcurrency.</remarks>
internal sealed class GetFunctionConcurrency(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">InvalidParameterValueException: a qualifier; ResourceNotFoundException.
    /// </exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var reference = UnqualifiedFunction.Of(request, "lambda:GetFunctionConcurrency");
        var scope = request.Scope;
        var function = scope.Region == region ? functions.Ask((registry, _) => registry.Find(reference.Name)) : null;
        // Recorded: this operation names the function without $LATEST, PutFunctionConcurrency with it.
        if (function is null) throw LambdaErrors.FunctionNotFound(reference.Arn(scope.Region, scope.AccountId));
        return JsonBody.WriteAsync(request, json =>
        {
            if (function.ReservedConcurrency is { } reserved)
                json.WriteNumber("ReservedConcurrentExecutions", reserved);
        });
    }
}
