using Isobar.Local.Lambda.Environments;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>The functions of the account and how many executions of each are under way. Owned by a monitor.</summary>
/// <param name="random">Draws the version of an alias that an invocation runs.</param>
internal sealed partial class FunctionRegistry(AccountLimits limits, Random random)
{
    private readonly Dictionary<string, FunctionEntry> functions = new(StringComparer.Ordinal);

    // Of functions that were deleted: AWS never gives a number again, even to a new function of the name.
    private readonly Dictionary<string, int> lastVersions = new(StringComparer.Ordinal);
    private readonly RequestRate requests = new();
    private int unreservedInFlight;
    private int executions;

    /// <summary>Executions that are kept for functions, together.</summary>
    public int Reserved { get; private set; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<DeployedFunction> All() =>
        [.. functions.Values.Select(entry => entry.Latest)
            .OrderBy(function => function.Name, StringComparer.Ordinal)];

    /// <summary>Every version of each function, <c>$LATEST</c> before the published ones.</summary>
    public IReadOnlyList<DeployedFunction> AllVersions() =>
        [.. functions.Values.OrderBy(entry => entry.Latest.Name, StringComparer.Ordinal)
            .SelectMany(entry => entry.Versions.Prepend(entry.Latest))];

    /// <returns>Null when there is no such function.</returns>
    public DeployedFunction? Find(string name) => functions.GetValueOrDefault(name)?.Latest;

    /// <summary>A function with its versions and aliases.</summary>
    /// <returns>Null when there is no such function.</returns>
    public FunctionEntry? Entry(string name) => functions.GetValueOrDefault(name);

    /// <summary>What is deployed under a version now; of an alias the version that it names first.</summary>
    /// <returns>Null when it has been deleted.</returns>
    public DeployedFunction? Find(ResolvedFunction function) =>
        functions.TryGetValue(function.Name, out var entry) && entry.Find(function.Qualifier) is { } found
            // All versions share the reservation and the tags of the function.
            ? found with { ReservedConcurrency = entry.Latest.ReservedConcurrency, Tags = entry.Latest.Tags }
            : null;

    /// <summary>The one place where a qualifier is looked up.</summary>
    /// <param name="qualifier">A version, an alias, or null for <c>$LATEST</c>.</param>
    /// <returns>Null when there is no such function, version or alias.</returns>
    public ResolvedFunction? Resolve(string name, string? qualifier) =>
        functions.GetValueOrDefault(name)?.Resolve(qualifier);

    /// <summary>Adds a function, or replaces the <c>$LATEST</c> of the one of its name.</summary>
    /// <exception cref="AwsException">
    /// InvalidParameterValueException: the reservation leaves too little to the other functions.
    /// </exception>
    public void Deploy(DeployedFunction function)
    {
        var previous = functions.GetValueOrDefault(function.Name);
        var total = Reserved - (previous?.Latest.ReservedConcurrency ?? 0) + (function.ReservedConcurrency ?? 0);
        if (function.ReservedConcurrency < previous?.ProvisionedShare)
            throw LambdaErrors.ReservedBelowProvisioned(
                function.ReservedConcurrency.Value, previous.ProvisionedShare);
        var others = previous?.Latest.ReservedConcurrency is null && function.ReservedConcurrency is not null
            ? ProvisionedUnreserved - (previous?.ProvisionedShare ?? 0)
            : ProvisionedUnreserved;
        if (total > 0 && limits.Concurrency - total - others < limits.MinUnreserved)
            throw LambdaErrors.TooMuchReserved(limits.MinUnreserved);
        Reserved = total;
        if (previous is not null) previous.Latest = function;
        else
            functions.Add(function.Name, new FunctionEntry(
                function, lastVersions.GetValueOrDefault(function.Name), changes));
        changes.IsToBeCounted = true;
    }

    /// <summary>Adds a function.</summary>
    /// <exception cref="AwsException">ResourceConflictException: there is one of its name; and as
    /// <see cref="Deploy"/>.</exception>
    public FunctionEntry Create(DeployedFunction function)
    {
        if (functions.ContainsKey(function.Name))
            throw LambdaErrors.Conflict($"Function already exist: {function.Name}");
        if (functions.Count >= LambdaLimits.MaxFunctions)
            throw LambdaErrors.Service("This host holds no more functions.");
        Deploy(function);
        return functions[function.Name];
    }

    /// <summary>Removes a function with its versions and aliases; what is under way ends as it would have.</summary>
    /// <returns>False when there is no such function.</returns>
    public bool Delete(string name)
    {
        if (!functions.Remove(name, out var entry)) return false;
        Reserved -= entry.Latest.ReservedConcurrency ?? 0;
        entry.RemoveProvisioned();
        lastVersions[name] = entry.LastVersion;
        return true;
    }

    /// <summary>Reserves executions for a function, or gives back what was reserved.</summary>
    /// <param name="concurrency">0 to 900, or null for none.</param>
    /// <returns>False when there is no such function.</returns>
    /// <exception cref="AwsException">As <see cref="Deploy"/>.</exception>
    public bool Reserve(string name, int? concurrency)
    {
        if (Find(name) is not { } function) return false;
        Deploy(function with { ReservedConcurrency = concurrency });
        return true;
    }

    /// <summary>
    /// Counts an execution in, of the version that is drawn for it; the caller counts it out by <see cref="Leave"/>.
    /// </summary>
    /// <returns>Null when there is no such function, version or alias any more.</returns>
    /// <exception cref="AwsException">
    /// TooManyRequestsException: the function's reservation, or what the account leaves unreserved, is used up;
    /// synchronous requests come too fast for it; or the function needs too many environments at once.
    /// </exception>
    public Admission? Enter(ResolvedFunction function, InvocationPriority priority, DateTimeOffset now)
    {
        if (Admit(function, priority, now) is not { } admission) return null;
        executions++;
        admission.Entry.Executions++;
        admission.At = now;
        admission.Concurrency = new ConcurrencyCounts(
            admission.Entry.Executions, executions, unreservedInFlight,
            unreservedInFlight + Reserved + ProvisionedUnreserved);
        return admission;
    }

    private Admission? Admit(ResolvedFunction function, InvocationPriority priority, DateTimeOffset now)
    {
        if (!functions.TryGetValue(function.Name, out var entry)
            || entry.Draw(function.Qualifier, random.NextDouble()) is not { } version) return null;
        if (entry.EnterProvisioned(version.Version, now, out var isProvisioned, out var isSpillover) is { } own)
        {
            return new Admission(version, isProvisioned ? own.Configuration : version.Configuration, entry)
            {
                Provisioned = own, IsProvisioned = isProvisioned, IsSpillover = isSpillover,
            };
        }

        // Which count it is in must not change under an execution when the reservation does.
        var isReserved = entry.Latest.ReservedConcurrency is not null;
        if (isReserved && entry.ReservedInFlight >= entry.Latest.ReservedConcurrency - entry.ProvisionedShare)
            throw LambdaErrors.TooManyRequests(LambdaErrors.ReservedConcurrencyReached);
        if (!isReserved && unreservedInFlight >= limits.Concurrency - Reserved - ProvisionedUnreserved)
            throw LambdaErrors.TooManyRequests(LambdaErrors.AccountConcurrencyReached);
        // Asynchronous events and polled batches have no limit of requests.
        if (priority == InvocationPriority.Synchronous) TakeRequest(entry, now);
        if (!entry.ScaleOut.TryTake(entry.InFlight, now))
            throw LambdaErrors.TooManyRequests(LambdaErrors.FunctionScalesTooFast);
        entry.InFlight++;
        if (isReserved) entry.ReservedInFlight++;
        else unreservedInFlight++;
        return new Admission(version, version.Configuration, entry)
        {
            IsReserved = isReserved, IsSpillover = isSpillover,
        };
    }

    private void TakeRequest(FunctionEntry entry, DateTimeOffset now)
    {
        if (entry.Latest.ReservedConcurrency is { } own && !entry.Requests.TryTake(own, now))
            throw LambdaErrors.TooManyRequests(LambdaErrors.ReservedRateReached);
        if (!requests.TryTake(limits.Concurrency, now))
            throw LambdaErrors.TooManyRequests(LambdaErrors.AccountRateReached);
    }

    /// <summary>Counts an execution out.</summary>
    public void Leave(Admission admission)
    {
        executions--;
        admission.Entry.Executions--;
        if (admission.Provisioned is { } own)
        {
            own.Leave(admission.IsProvisioned);
            return;
        }

        admission.Entry.InFlight--;
        if (admission.IsReserved) admission.Entry.ReservedInFlight--;
        else unreservedInFlight--;
    }
}

/// <summary>One execution that was counted in.</summary>
/// <param name="Function">The version that runs.</param>
/// <param name="Configuration">What its environment is built from: the version's, or provisioned.</param>
/// <param name="Entry">The function.</param>
internal sealed record Admission(DeployedFunction Function, FunctionConfiguration Configuration, FunctionEntry Entry)
{
    /// <summary>When it was counted in.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What was under way then, itself included.</summary>
    public ConcurrencyCounts Concurrency { get; set; }

    /// <summary>Whether it is in the function's own count; else it is in the account's.</summary>
    public bool IsReserved { get; init; }

    /// <summary>In whose count it is instead; null for an execution on demand.</summary>
    public ProvisionedConcurrency? Provisioned { get; init; }

    /// <summary>Whether it runs in an environment that was provisioned.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary>Whether it found no provisioned environment free and runs on demand.</summary>
    public bool IsSpillover { get; init; }
}
