using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Lists <c>$LATEST</c> and the published versions of a function, 50 a page.</summary>
/// <remarks>Source: AWS Lambda API Reference, ListVersionsByFunction.</remarks>
internal sealed class ListVersionsByFunction(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">ResourceNotFoundException: there is no such function; ValidationException.
    /// </exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:ListVersionsByFunction");
        var versions = (request.Scope.Region == region
                ? functions.Ask((registry, _) => registry.Entry(function.Name) is { } entry
                    ? new[] { entry.Latest }.Concat(entry.Versions).ToArray()
                    : null)
                : null)
            ?? throw LambdaErrors.FunctionNotFound(function.Arn(request.Scope.Region, request.Scope.AccountId));
        return JsonBody.WritePageAsync(
            request, "Versions", versions, version => version.VersionKey, LambdaLimits.MaxVersionsOnPage,
            (json, version) =>
            {
                json.WriteStartObject();
                FunctionView.Write(
                    json, version, withState: false, $"{version.Configuration.Arn}:{version.Version}");
                json.WriteEndObject();
            });
    }
}
