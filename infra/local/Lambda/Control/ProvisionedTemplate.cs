using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>The property <c>ProvisionedConcurrencyConfig</c> of a version or an alias in a template.</summary>
/// <remarks>
/// Source: AWS CloudFormation Template Reference, AWS::Lambda::Alias ProvisionedConcurrencyConfiguration. AWS waits
/// until all environments are allocated; here the deployment goes on, so that the host starts as fast as without.
/// </remarks>
internal sealed class ProvisionedTemplate(Monitor<FunctionRegistry> functions, IEnvironmentPool pool)
{
    /// <returns>Null when the template asks for none.</returns>
    public static int? Read(PropertyReader properties)
    {
        if (properties.OptionalMap("ProvisionedConcurrencyConfig") is not { } config) return null;
        var executions = config.OptionalInt32("ProvisionedConcurrentExecutions", 1, AccountLimits.MaxConcurrency);
        if (executions is null) config.Refuse("ProvisionedConcurrentExecutions", "is required");
        return executions;
    }

    /// <param name="executions">Null for none.</param>
    /// <exception cref="AwsException">As <see cref="FunctionRegistry.PutProvisioned"/>.</exception>
    public void Put(FunctionReference function, StackIdentity stack, int? executions)
    {
        if (executions is not { } requested) return;
        var arn = function.Arn(stack.Region, stack.AccountId);
        functions.Post((registry, now) =>
            registry.PutProvisioned(function, arn, requested, pool.WhyNotProvision, now));
    }

    /// <summary>Changes what was put, or takes it away.</summary>
    /// <param name="executions">Null for none.</param>
    /// <exception cref="AwsException">As <see cref="FunctionRegistry.PutProvisioned"/>.</exception>
    public void Change(FunctionReference function, StackIdentity stack, int? executions)
    {
        Put(function, stack, executions);
        if (executions is null)
            functions.Post((registry, _) => registry.DeleteProvisioned(
                function, function.Arn(stack.Region, stack.AccountId)));
    }
}
