using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>What operations on whole functions have in common: a version or alias is not what they are about.</summary>
internal static class UnqualifiedFunction
{
    /// <exception cref="AwsException">InvalidParameterValueException: a qualifier; and what a function's name can have
    /// wrong.</exception>
    public static FunctionReference Of(RestRequest request, string action)
    {
        var reference = FunctionReference.Parse(request.Label, null, request.Scope, action);
        return reference.Qualifier is null
            ? reference
            : throw LambdaErrors.InvalidParameter("This operation is permitted on Lambda functions only. Aliases and "
                + "versions do not support this operation. Please specify either a function name or an unqualified "
                + "function ARN.");
    }

    /// <remarks>Recorded: named with <c>$LATEST</c>.</remarks>
    public static AwsException NotFound(FunctionReference reference, CallScope scope) => LambdaErrors.FunctionNotFound(
        (reference with { Qualifier = "$LATEST" }).Arn(scope.Region, scope.AccountId));
}
