using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>Ends the provisioned concurrency of a version or alias; where there is none, nothing happens.</summary>
/// <remarks>Source: AWS Lambda API Reference, DeleteProvisionedConcurrencyConfig.</remarks>
internal sealed class DeleteProvisionedConcurrencyConfig(Monitor<FunctionRegistry> functions, string region)
{
    /// <exception cref="AwsException">As <see cref="FunctionRegistry.DeleteProvisioned"/>.</exception>
    public ValueTask HandleAsync(RestRequest request)
    {
        var (function, arn) = ProvisionedView.Of(request, "lambda:DeleteProvisionedConcurrencyConfig");
        ProvisionedView.CheckRegion(request, region, function, arn);
        functions.Post((registry, _) => registry.DeleteProvisioned(function, arn));
        return JsonBody.AnswerNoContent(request);
    }
}
