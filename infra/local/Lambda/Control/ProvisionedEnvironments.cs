using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Control;

/// <summary>The allocation of provisioned concurrency has come to an end, well or not.</summary>
/// <param name="Qualifier">The version or alias that has it.</param>
/// <param name="Status"><c>READY</c> or <c>FAILED</c>.</param>
internal sealed record ProvisionedConcurrencyChanged(
    string FunctionName, string Qualifier, string Version, string Status, int Requested, int Allocated)
    : IFunctionFact;

/// <summary>
/// The monitor of the functions. After each message that changed what is to be provisioned it tells the environment
/// pool, outside the lock; the pool tells it what has become of that. Lists are numbered, so that a later one is never
/// overtaken.
/// </summary>
internal sealed class FunctionMonitor(
    FunctionRegistry registry, ServiceClock clock, IEnvironmentPool pool, Journal journal)
    : Monitor<FunctionRegistry>("lambda functions", registry, clock), IProvisioningOwner
{
    /// <summary>Called, outside the lock, when another number of environments is to be provisioned.</summary>
    public Action? ProvisioningChanged { get; set; }

    void IProvisioningOwner.BecameAvailable(FunctionConfiguration function, int environments) =>
        Tell(Ask((state, _) => state.BecameAvailable(function, environments)));

    void IProvisioningOwner.InitFailed(FunctionConfiguration function) =>
        Tell(Ask((state, _) => state.InitFailed(function)));

    protected override bool EndMessage(FunctionRegistry changed) => changed.TakeProvisioningChanged();

    protected override void AfterMessage(bool mustPerform)
    {
        if (!mustPerform) return;
        pool.Provision(Ask(static (state, _) => state.Wanted()), this);
        ProvisioningChanged?.Invoke();
    }

    private void Tell(ProvisionedConcurrencyChanged? happened)
    {
        if (happened is not null) journal.Record(happened);
    }
}
