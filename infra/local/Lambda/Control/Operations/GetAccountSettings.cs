using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Tells the account's limits, and how much of them is used.</summary>
/// <remarks>Source: AWS Lambda API Reference, GetAccountSettings.</remarks>
internal sealed class GetAccountSettings(Monitor<FunctionRegistry> functions, AccountLimits limits, string region)
{
    public ValueTask HandleAsync(RestRequest request)
    {
        var isHere = request.Scope.Region == region;
        var (reserved, versions, count) = functions.Ask((registry, _) => isHere
            ? (registry.Reserved, registry.AllVersions(), registry.All().Count)
            : (0, [], 0));
        return JsonBody.WriteAsync(request, json =>
        {
            json.WriteStartObject("AccountLimit");
            json.WriteNumber("TotalCodeSize", LambdaLimits.MaxTotalCodeBytes);
            json.WriteNumber("CodeSizeUnzipped", LambdaLimits.MaxUnzippedBytes);
            json.WriteNumber("CodeSizeZipped", LambdaLimits.MaxZippedBytes);
            json.WriteNumber("ConcurrentExecutions", limits.Concurrency);
            json.WriteNumber("UnreservedConcurrentExecutions", limits.Concurrency - reserved);
            json.WriteEndObject();
            json.WriteStartObject("AccountUsage");
            json.WriteNumber("TotalCodeSize", versions.Sum(version => version.Code.PackageBytes));
            json.WriteNumber("FunctionCount", count);
            json.WriteEndObject();
        });
    }
}
