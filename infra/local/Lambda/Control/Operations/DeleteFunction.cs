using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>
/// Removes a function with its versions and aliases and their event invoke configurations, or one published version.
/// Invocations under way end as they would have. Event source mappings stay, and find no function.
/// </summary>
/// <remarks>Source: AWS Lambda API Reference, DeleteFunction. An answer names a version that is not there only by its
/// function (recorded).</remarks>
internal sealed class DeleteFunction(
    Monitor<FunctionRegistry> functions, Monitor<EventInvokeConfigs> configs, string region)
{
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; InvalidParameterValueException: <c>$LATEST</c>; ResourceConflictException: an alias
    /// points to the version; and what a function's name can have wrong.
    /// </exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var scope = request.Scope;
        var reference = FunctionReference.Parse(
            request.Label, request.Query("Qualifier"), scope, "lambda:DeleteFunction");
        if (scope.Region != region || !functions.Ask((registry, _) => Delete(registry, reference)))
            throw LambdaErrors.FunctionNotFound(
                (reference with { Qualifier = null }).Arn(scope.Region, scope.AccountId));
        configs.Post((state, _) => state.DeleteOf(reference.Arn(scope.Region, scope.AccountId)));
        return JsonBody.AnswerNoContent(request);
    }

    private static bool Delete(FunctionRegistry registry, FunctionReference reference)
    {
        if (reference.Qualifier is not { } version) return registry.Delete(reference.Name);
        if (registry.Entry(reference.Name) is not { } entry) return false;
        if (version == ResolvedFunction.Latest)
            throw LambdaErrors.InvalidParameter("$LATEST version cannot be deleted without deleting the function.");
        if (!version.All(char.IsAsciiDigit))
            throw LambdaErrors.InvalidParameter("Deletion of aliases is not currently supported.");
        return entry.DeleteUnusedVersion(version);
    }
}
