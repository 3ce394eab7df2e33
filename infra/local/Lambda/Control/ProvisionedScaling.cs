using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Provisioned concurrency as a capacity that is scaled.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Managing provisioned concurrency with Application Auto Scaling".
/// </remarks>
internal sealed class ProvisionedScaling(Monitor<FunctionRegistry> functions, IEnvironmentPool pool)
{
    public const string Dimension = "lambda:function:ProvisionedConcurrency";

    private const string UtilizationType = "LambdaProvisionedConcurrencyUtilization";

    /// <summary>Whether it is an alias or a published version that exists.</summary>
    public bool IsScalable(Arn resource) => Read(resource) is { } function
        && functions.Ask((registry, _) => registry.Entry(function.Name)?.Find(function.Qualifier)) is { } version
        && version.Version != ResolvedFunction.Latest;

    /// <returns>What was asked for; null when nothing was.</returns>
    public int? CapacityOf(Arn resource) => Read(resource) is { } function
        ? functions.Ask((registry, _) =>
            registry.Entry(function.Name)?.ProvisionedOf(function.Qualifier!)?.Requested)
        : null;

    /// <summary>Asks for another number; none at all for zero.</summary>
    /// <exception cref="AwsException">As <see cref="FunctionRegistry.PutProvisioned"/>.</exception>
    public void Set(Arn resource, int capacity)
    {
        if (Read(resource) is not { } function) throw LambdaErrors.FunctionNotFound(resource.ToString());
        functions.Post((registry, now) =>
        {
            if (capacity == 0) registry.DeleteProvisioned(function, resource.ToString());
            else registry.PutProvisioned(function, resource.ToString(), capacity, pool.WhyNotProvision, now);
        });
    }

    /// <summary>The one metric that Application Auto Scaling knows of functions.</summary>
    /// <returns>Null for another type.</returns>
    public static Metric? PredefinedMetric(Arn resource, string type) =>
        type == UtilizationType && Read(resource) is { } function
            ? ProvisionedMetrics.Of("ProvisionedConcurrencyUtilization", function.Name, function.Qualifier!)
            : null;

    private static FunctionReference? Read(Arn resource) => resource.Resource.Split(':') is
        ["function", { Length: > 0 } name, { Length: > 0 } qualifier]
            ? new FunctionReference(name, qualifier)
            : null;
}
