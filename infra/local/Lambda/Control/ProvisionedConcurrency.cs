using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Control;

/// <summary>
/// The provisioned concurrency of a published version or of an alias. While an alias has it, it is of the version that
/// the alias names first. Owned by the registry's monitor.
/// </summary>
/// <param name="qualifier">The version or alias that it was configured for.</param>
/// <param name="version">What its environments run.</param>
/// <remarks>Source: AWS Lambda API Reference, PutProvisionedConcurrencyConfig.</remarks>
internal sealed class ProvisionedConcurrency(string qualifier, DeployedFunction version, int requested)
{
    private readonly RequestRate requests = new();

    // How many environments can be used: none until all had been allocated once.
    private int usable;
    private int inFlight;

    // At work in its environments now, and since the last sample.
    private int atWork;
    private int peak;
    private int invocations;

    public string Qualifier { get; } = qualifier;

    public string Version { get; } = version.Version;

    /// <summary>What its environments are built from: an instance of its own.</summary>
    public FunctionConfiguration Configuration { get; } =
        version.Configuration with { IsProvisioned = true };

    public int Requested { get; private set; } = requested;

    /// <summary>Environments that are initialized.</summary>
    public int Allocated { get; private set; }

    public ProvisionedStatus Status { get; private set; } = ProvisionedStatus.InProgress;

    /// <summary>When it was configured last, in service time.</summary>
    public required DateTimeOffset LastModified { get; set; }

    /// <summary>Executions that only it may have, so long as it has not failed.</summary>
    public int Share => Status == ProvisionedStatus.Failed ? 0 : Requested;

    /// <summary>Executions under way in its environments, or in its place while it has none yet.</summary>
    public int InFlight => inFlight;

    /// <summary>Whether executions of its version run in its environments.</summary>
    public bool IsUsable => usable > 0;

    /// <summary>Asks for another number of environments.</summary>
    public void Request(int number)
    {
        Requested = number;
        usable = Math.Min(usable, number);
        Status = ProvisionedStatus.InProgress;
    }

    /// <summary>The pool has so many of its environments initialized.</summary>
    /// <returns>Whether its status is another one now.</returns>
    public bool BecameAvailable(int environments)
    {
        if (Status == ProvisionedStatus.Failed) return false;
        Allocated = environments;
        if (environments < Requested)
        {
            usable = Math.Min(usable, environments);
            return false;
        }

        usable = Requested;
        var isNew = Status != ProvisionedStatus.Ready;
        Status = ProvisionedStatus.Ready;
        return isNew;
    }

    /// <summary>
    /// An init phase failed: the allocation has failed, unless all environments were there before. Then the one that
    /// failed is replaced.
    /// </summary>
    /// <returns>Whether its status is another one now.</returns>
    public bool InitFailed()
    {
        if (Status != ProvisionedStatus.InProgress || usable > 0) return false;
        Status = ProvisionedStatus.Failed;
        Allocated = 0;
        return true;
    }

    /// <summary>What was used since this was asked last.</summary>
    public ProvisionedUse TakeUse()
    {
        var use = new ProvisionedUse(Configuration, Qualifier, Requested, Math.Min(peak, Requested), invocations);
        (peak, invocations) = (atWork, 0);
        return use;
    }

    /// <summary>Takes one execution, if it has room and the requests do not come too fast for it.</summary>
    /// <param name="isProvisioned">Whether the execution runs in one of its environments.</param>
    public bool TryEnter(DateTimeOffset now, out bool isProvisioned)
    {
        isProvisioned = inFlight < usable && requests.TryTake(Requested, now);
        // What is still being allocated is kept for its version already, in environments on demand.
        if (!isProvisioned && (inFlight < usable || inFlight >= Share)) return false;
        inFlight++;
        if (!isProvisioned) return true;
        invocations++;
        peak = Math.Max(peak, ++atWork);
        return true;
    }

    /// <param name="wasProvisioned">Whether the execution ran in one of its environments.</param>
    public void Leave(bool wasProvisioned)
    {
        inFlight--;
        if (wasProvisioned) atWork--;
    }
}

internal enum ProvisionedStatus
{
    InProgress,
    Ready,
    Failed,
}
