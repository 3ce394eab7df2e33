using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Tells how far the allocation of provisioned concurrency is, or lists all of a function.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, GetProvisionedConcurrencyConfig and ListProvisionedConcurrencyConfigs. They share
/// a path; the query <c>List=ALL</c> tells them apart.
/// </remarks>
internal sealed class GetProvisionedConcurrencyConfig(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">As <see cref="FunctionRegistry.GetProvisioned"/>.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        if (request.Query("List") is not null) return ListAsync(request);
        var (function, arn) = ProvisionedView.Of(request, "lambda:GetProvisionedConcurrencyConfig");
        ProvisionedView.CheckRegion(request, region, function, arn);
        var shown = functions.Ask((registry, _) =>
            ProvisionedView.Take(registry.GetProvisioned(function, arn)));
        return JsonBody.WriteAsync(request, shown.Write);
    }

    private ValueTask ListAsync(RestRequest request)
    {
        var function = UnqualifiedFunction.Of(request, "lambda:ListProvisionedConcurrencyConfigs");
        var arn = function.Arn(request.Scope.Region, request.Scope.AccountId);
        var shown = (request.Scope.Region == region
                ? functions.Ask((registry, _) =>
                    registry.Entry(function.Name)?.Provisioned.Select(ProvisionedView.Take).ToArray())
                : null)
            ?? throw LambdaErrors.FunctionNotFound(arn);
        return JsonBody.WritePageAsync(
            request, "ProvisionedConcurrencyConfigs", shown, one => one.Qualifier,
            LambdaLimits.MaxProvisionedConfigsOnPage, (json, one) =>
            {
                json.WriteStartObject();
                json.WriteString("FunctionArn", $"{arn}:{one.Qualifier}");
                one.Write(json);
                json.WriteEndObject();
            });
    }
}
