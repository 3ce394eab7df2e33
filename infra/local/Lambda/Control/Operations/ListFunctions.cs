using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Lists the functions, 50 a page.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, ListFunctions. With FunctionVersion ALL it lists the published versions, too.
/// </remarks>
internal sealed class ListFunctions(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">
    /// ValidationException; InvalidParameterValueException for MasterRegion.
    /// </exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var version = request.Query("FunctionVersion");
        if (version is not (null or "ALL"))
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                version, "functionVersion", "satisfy enum value set: [ALL]"));
        if (request.Query("MasterRegion") is not null)
            throw LambdaErrors.InvalidParameter("MasterRegion is not supported.");
        var isAll = version is not null;
        var all = request.Scope.Region != region
            ? []
            : functions.Ask((registry, _) => isAll ? registry.AllVersions() : registry.All());
        return JsonBody.WritePageAsync(
            request, "Functions", all, isAll ? VersionKey : function => function.Name,
            LambdaLimits.MaxFunctionsOnPage, (json, function) =>
            {
                json.WriteStartObject();
                FunctionView.Write(
                    json, function, withState: false,
                    isAll ? $"{function.Configuration.Arn}:{function.Version}" : null);
                json.WriteEndObject();
            });
    }

    // In the order of names, then of versions: markers are compared as texts.
    private static string VersionKey(DeployedFunction function) => $"{function.Name}:{function.VersionKey}";
}
