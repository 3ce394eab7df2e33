namespace Isobar.Local.Lambda.Control;

internal sealed partial class FunctionEntry
{
    private ProvisionedConcurrency[] provisioned = [];

    /// <summary>In the order of the qualifiers.</summary>
    public IReadOnlyList<ProvisionedConcurrency> Provisioned => provisioned;

    /// <summary>Executions that only provisioned concurrency may have.</summary>
    public int ProvisionedShare
    {
        get
        {
            var share = 0;
            foreach (var one in provisioned) share += one.Share;
            return share;
        }
    }

    /// <summary>What is configured for a version or an alias, itself.</summary>
    /// <returns>Null when nothing is.</returns>
    public ProvisionedConcurrency? ProvisionedOf(string qualifier) =>
        Array.Find(provisioned, one => one.Qualifier == qualifier);

    /// <summary>Takes an execution of a version into provisioned concurrency.</summary>
    /// <param name="isProvisioned">Whether it runs in a provisioned environment.</param>
    /// <param name="isSpillover">Whether there are such environments and it found none of them free.</param>
    /// <returns>Null when it is on demand.</returns>
    public ProvisionedConcurrency? EnterProvisioned(
        string version, DateTimeOffset now, out bool isProvisioned, out bool isSpillover)
    {
        isProvisioned = isSpillover = false;
        foreach (var one in provisioned)
        {
            if (one.Version != version) continue;
            isSpillover |= one.IsUsable;
            if (!one.TryEnter(now, out isProvisioned)) continue;
            isSpillover &= !isProvisioned;
            return one;
        }

        return null;
    }

    /// <summary>Configures provisioned concurrency for a version or an alias, or another number of it.</summary>
    /// <param name="version">What its environments are to run.</param>
    public ProvisionedConcurrency PutProvisioned(
        string qualifier, DeployedFunction version, int requested, DateTimeOffset now)
    {
        changes.Note();
        if (ProvisionedOf(qualifier) is { } known)
        {
            if (known.Version == version.Version && known.Status != ProvisionedStatus.Failed)
            {
                known.Request(requested);
                known.LastModified = now;
                return known;
            }

            RemoveProvisioned(qualifier);
        }

        var added = new ProvisionedConcurrency(qualifier, version, requested) { LastModified = now };
        provisioned = [.. provisioned.Append(added).OrderBy(one => one.Qualifier, StringComparer.Ordinal)];
        return added;
    }

    /// <summary>Ends what is configured for a version or an alias; what runs in its environments ends as it would
    /// have.</summary>
    public void RemoveProvisioned(string qualifier)
    {
        if (ProvisionedOf(qualifier) is null) return;
        provisioned = [.. provisioned.Where(one => one.Qualifier != qualifier)];
        changes.Note();
    }

    /// <summary>Ends all of it.</summary>
    public void RemoveProvisioned()
    {
        if (provisioned.Length == 0) return;
        provisioned = [];
        changes.Note();
    }

    // An alias that names another version takes its provisioned concurrency along: it is allocated anew.
    private void MoveProvisioned(FunctionAlias alias)
    {
        if (ProvisionedOf(alias.Name) is { } known && known.Version != alias.Version
            && Version(alias.Version) is { } version)
            PutProvisioned(alias.Name, version, known.Requested, known.LastModified);
    }
}

/// <summary>Whether provisioned concurrency has been configured otherwise. Owned by the registry's monitor.</summary>
internal sealed class ProvisioningChanges
{
    private bool isToBeApplied;

    /// <summary>Whether a sum over all functions must be made anew.</summary>
    public bool IsToBeCounted { get; set; }

    public void Note() => isToBeApplied = IsToBeCounted = true;

    /// <returns>Whether there was a change since this was asked last.</returns>
    public bool Take()
    {
        var was = isToBeApplied;
        isToBeApplied = false;
        return was;
    }
}
