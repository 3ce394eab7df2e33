using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Lists the functions, 50 a page.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, ListFunctions. Only <c>$LATEST</c> exists, so ALL versions is the same.
/// </remarks>
internal sealed class ListFunctions(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">
    /// ValidationException; InvalidParameterValueException for MasterRegion.
    /// </exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        if (request.Query("FunctionVersion") is { } version and not "ALL")
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                version, "functionVersion", "satisfy enum value set: [ALL]"));
        if (request.Query("MasterRegion") is not null)
            throw LambdaErrors.InvalidParameter("MasterRegion is not supported.");
        var all = request.Scope.Region == region ? functions.Ask((registry, _) => registry.All()) : [];
        return JsonBody.WritePageAsync(
            request, "Functions", all, function => function.Name, LambdaLimits.MaxFunctionsOnPage,
            (json, function) =>
            {
                json.WriteStartObject();
                FunctionView.Write(json, function, withState: false);
                json.WriteEndObject();
            });
    }
}
