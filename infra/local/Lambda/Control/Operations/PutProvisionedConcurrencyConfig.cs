using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

internal sealed record PutProvisionedConcurrencyConfigRequest(int? ProvisionedConcurrentExecutions);

/// <summary>Has environments of a published version, or of the version of an alias, started before they are
/// used.</summary>
/// <remarks>Source: AWS Lambda API Reference, PutProvisionedConcurrencyConfig.</remarks>
internal sealed class PutProvisionedConcurrencyConfig(
    Monitor<FunctionRegistry> functions, IEnvironmentPool pool, string region)
{
    /// <exception cref="AwsException">ValidationException, and as <see cref="FunctionRegistry.PutProvisioned"/>.
    /// </exception>
    public async ValueTask HandleAsync(RestRequest request)
    {
        var (function, arn) = ProvisionedView.Of(request, "lambda:PutProvisionedConcurrencyConfig");
        var body = await JsonBody.ReadAsync(request, ConcurrencyJson.Wire.PutProvisionedConcurrencyConfigRequest);
        var requested = Validate(body.ProvisionedConcurrentExecutions);
        ProvisionedView.CheckRegion(request, region, function, arn);
        var shown = functions.Ask((registry, now) => ProvisionedView.Take(
            registry.PutProvisioned(function, arn, requested, pool.WhyNotProvision, now)));
        await JsonBody.WriteAsync(request, shown.Write, status: 202);
    }

    /// <exception cref="AwsException">ValidationException.</exception>
    public static int Validate(int? requested) => requested switch
    {
        null => throw LambdaErrors.Validation("Value null at 'provisionedConcurrentExecutions' failed to satisfy "
            + "constraint: Member must not be null"),
        < 1 => throw LambdaErrors.Validation(LambdaErrors.Constraint(
            $"{requested}", "provisionedConcurrentExecutions", "have value greater than or equal to 1")),
        _ => requested.Value,
    };
}
