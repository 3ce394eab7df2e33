using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

internal sealed partial class FunctionRegistry
{
    private readonly ProvisioningChanges changes = new();
    private long provisionedLists;
    private int provisionedUnreserved;

    /// <summary>Executions of functions without a reservation that only provisioned concurrency may have.</summary>
    public int ProvisionedUnreserved
    {
        get
        {
            if (!changes.IsToBeCounted) return provisionedUnreserved;
            changes.IsToBeCounted = false;
            return provisionedUnreserved = functions.Values
                .Where(entry => entry.Latest.ReservedConcurrency is null).Sum(entry => entry.ProvisionedShare);
        }
    }

    /// <summary>Configures provisioned concurrency.</summary>
    /// <param name="function">With the version or alias as qualifier.</param>
    /// <param name="cannotHold">Why this machine can't hold so many environments, or null.</param>
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; ResourceConflictException: the version has it by another way;
    /// InvalidParameterValueException: <c>$LATEST</c>, an alias with weights, more than is reserved, than the account
    /// has or than this machine holds.
    /// </exception>
    /// <remarks>Order and texts as recorded, where they were; the alias with weights is not.</remarks>
    public ProvisionedConcurrency PutProvisioned(
        FunctionReference function, string arn, int requested,
        Func<FunctionConfiguration, int, string?> cannotHold, DateTimeOffset now)
    {
        var (entry, version) = PublishedOf(function, arn, LambdaErrors.ProvisionedUnpublished);
        var qualifier = function.Qualifier!;
        if (entry.Alias(qualifier) is { } alias)
        {
            if (entry.ProvisionedOf(alias.Version) is not null)
                throw LambdaErrors.Conflict("Alias can't be used for Provisioned Concurrency configuration on an "
                    + "already Provisioned version");
            if (alias.Additional is not null) throw LambdaErrors.ProvisionedWithWeights();
        }
        else if (entry.Aliases.Any(other =>
            other.Version == qualifier && entry.ProvisionedOf(other.Name) is not null))
        {
            throw LambdaErrors.Conflict("Version is pointed by a Provisioned Concurrency alias");
        }

        var others = entry.ProvisionedShare - (entry.ProvisionedOf(qualifier)?.Share ?? 0);
        CheckRoom(entry, others, requested);
        var everywhere = functions.Values.Sum(one => one.ProvisionedShare)
            - (entry.ProvisionedOf(qualifier)?.Share ?? 0) + requested;
        if (cannotHold(version.Configuration, everywhere) is { } reason) throw LambdaErrors.InvalidParameter(reason);
        return entry.PutProvisioned(qualifier, version, requested, now);
    }

    /// <summary>The provisioned concurrency of a version or alias.</summary>
    /// <exception cref="AwsException">
    /// ProvisionedConcurrencyConfigNotFoundException; ResourceNotFoundException; InvalidParameterValueException:
    /// <c>$LATEST</c>.
    /// </exception>
    public ProvisionedConcurrency GetProvisioned(FunctionReference function, string arn)
    {
        var (entry, _) = PublishedOf(function, arn, LambdaErrors.NeitherAliasNorVersion);
        return entry.ProvisionedOf(function.Qualifier!) ?? throw LambdaErrors.NoProvisionedConcurrency();
    }

    /// <summary>Ends the provisioned concurrency of a version or alias; nothing happens where there is none.</summary>
    /// <exception cref="AwsException">
    /// ResourceNotFoundException; InvalidParameterValueException: <c>$LATEST</c>, or an alias with weights.
    /// </exception>
    public void DeleteProvisioned(FunctionReference function, string arn)
    {
        var (entry, _) = PublishedOf(function, arn, LambdaErrors.NeitherAliasNorVersion);
        if (entry.ProvisionedOf(function.Qualifier!) is not null
            && entry.Alias(function.Qualifier!) is { Additional: not null })
            throw LambdaErrors.ProvisionedWithWeights();
        entry.RemoveProvisioned(function.Qualifier!);
    }

    /// <summary>Whether another number of environments is to be provisioned since this was asked last.</summary>
    public bool TakeProvisioningChanged() => changes.Take();

    /// <summary>The environments that are to be there.</summary>
    public ProvisionedPlaces Wanted() => new(++provisionedLists,
    [
        .. functions.Values.SelectMany(entry => entry.Provisioned).Where(one => one.Share > 0)
            .Select(one => (one.Configuration, one.Requested)),
    ]);

    /// <summary>What all functions used of their provisioned concurrency since this was asked last.</summary>
    public IReadOnlyList<ProvisionedUse> TakeProvisionedUse() =>
    [
        .. functions.Values.SelectMany(entry => entry.Provisioned).Where(one => one.Share > 0)
            .Select(one => one.TakeUse()),
    ];

    /// <summary>The pool has so many environments of a provisioned configuration.</summary>
    /// <returns>What has become of it; null when its status is the same, or it is not wanted any more.</returns>
    public ProvisionedConcurrencyChanged? BecameAvailable(FunctionConfiguration configuration, int environments) =>
        Of(configuration) is { } own && own.BecameAvailable(environments)
            ? new ProvisionedConcurrencyChanged(
                configuration.FunctionName, own.Qualifier, own.Version, "READY", own.Requested, own.Allocated)
            : null;

    /// <summary>The init phase of a provisioned environment failed.</summary>
    /// <returns>As <see cref="BecameAvailable"/>.</returns>
    public ProvisionedConcurrencyChanged? InitFailed(FunctionConfiguration configuration)
    {
        if (Of(configuration) is not { } own || !own.InitFailed()) return null;
        changes.Note();
        return new ProvisionedConcurrencyChanged(
            configuration.FunctionName, own.Qualifier, own.Version, "FAILED", own.Requested, 0);
    }

    private ProvisionedConcurrency? Of(FunctionConfiguration configuration) =>
        functions.GetValueOrDefault(configuration.FunctionName)?.Provisioned
            .FirstOrDefault(one => ReferenceEquals(one.Configuration, configuration));

    private (FunctionEntry Entry, DeployedFunction Version) PublishedOf(
        FunctionReference function, string arn, Func<AwsException> unpublished)
    {
        if (function.Qualifier is null or ResolvedFunction.Latest) throw unpublished();
        var entry = Entry(function.Name);
        if (entry?.Find(function.Qualifier) is { } version)
            return version.Version == ResolvedFunction.Latest ? throw unpublished() : (entry, version);
        throw function.Qualifier.All(char.IsAsciiDigit)
            ? LambdaErrors.FunctionNotFound(arn)
            : LambdaErrors.NotFound($"Cannot find alias arn: {arn}");
    }

    private void CheckRoom(FunctionEntry entry, int others, int requested)
    {
        if (entry.Latest.ReservedConcurrency is { } reserved)
        {
            if (others + requested > reserved) throw LambdaErrors.ProvisionedAboveReserved();
            return;
        }

        var unreserved = limits.Concurrency - Reserved - ProvisionedUnreserved + entry.ProvisionedShare - others;
        if (requested > unreserved) throw LambdaErrors.ProvisionedAboveUnreserved(unreserved);
        if (unreserved - requested < limits.MinUnreserved)
            throw LambdaErrors.TooMuchProvisioned(limits.MinUnreserved);
    }
}
