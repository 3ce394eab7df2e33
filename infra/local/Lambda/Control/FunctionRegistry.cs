using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>The functions of the account and how many executions of each are under way. Owned by a monitor.</summary>
internal sealed class FunctionRegistry
{
    private readonly Dictionary<string, Entry> functions = new(StringComparer.Ordinal);
    private int unreservedInFlight;
    private int reserved;

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<DeployedFunction> All() =>
        [.. functions.Values.Select(entry => entry.Function)
            .OrderBy(function => function.Name, StringComparer.Ordinal)];

    /// <returns>Null when there is no such function.</returns>
    public DeployedFunction? Find(string name) => functions.GetValueOrDefault(name)?.Function;

    /// <returns>What is deployed under that version now; null when it has been deleted.</returns>
    public DeployedFunction? Find(ResolvedFunction function) => Find(function.Name);

    /// <summary>
    /// The one place where a qualifier becomes a version. Versions and aliases are not built yet, so
    /// <c>$LATEST</c> is all there is.
    /// </summary>
    /// <returns>Null when there is no such function or version.</returns>
    public ResolvedFunction? Resolve(string name, string? qualifier) => functions.TryGetValue(name, out var entry)
        ? qualifier switch
        {
            null => entry.Unqualified,
            ResolvedFunction.Latest => entry.Latest,
            _ => null,
        }
        : null;

    /// <summary>Adds a function, or replaces the one of its name.</summary>
    /// <exception cref="AwsException">
    /// InvalidParameterValueException: the reservation leaves too little to the other functions.
    /// </exception>
    public void Deploy(DeployedFunction function)
    {
        var previous = functions.GetValueOrDefault(function.Name);
        var total = reserved - (previous?.Function.ReservedConcurrency ?? 0) + (function.ReservedConcurrency ?? 0);
        if (LambdaLimits.AccountConcurrency - total < LambdaLimits.MinUnreservedConcurrency)
            throw LambdaErrors.TooMuchReserved(LambdaLimits.MinUnreservedConcurrency);
        reserved = total;
        if (previous is null) functions.Add(function.Name, new Entry(function));
        else previous.Function = function;
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

    /// <summary>Counts an execution in; the caller counts it out by <see cref="Leave"/>.</summary>
    /// <returns>Null when there is no such function.</returns>
    /// <exception cref="AwsException">
    /// TooManyRequestsException: the function's reservation, or what the account leaves unreserved, is used up.
    /// </exception>
    public Admission? Enter(ResolvedFunction function)
    {
        if (!functions.TryGetValue(function.Name, out var entry)) return null;
        // Which count it is in must not change under an execution when the reservation does.
        var isReserved = entry.Function.ReservedConcurrency is not null;
        if (isReserved && entry.ReservedInFlight >= entry.Function.ReservedConcurrency)
            throw LambdaErrors.TooManyRequests(LambdaErrors.ReservedConcurrencyReached);
        if (!isReserved && unreservedInFlight >= LambdaLimits.AccountConcurrency - reserved)
            throw LambdaErrors.TooManyRequests(LambdaErrors.AccountConcurrencyReached);
        if (isReserved) entry.ReservedInFlight++;
        else unreservedInFlight++;
        return new Admission(entry.Function, isReserved);
    }

    /// <summary>Counts an execution out.</summary>
    public void Leave(Admission admission)
    {
        if (admission.IsReserved) functions[admission.Function.Name].ReservedInFlight--;
        else unreservedInFlight--;
    }

    private sealed class Entry(DeployedFunction function)
    {
        public ResolvedFunction Unqualified { get; } =
            new(function.Name, ResolvedFunction.Latest, function.Configuration.Arn, null);

        public ResolvedFunction Latest { get; } =
            new(function.Name, ResolvedFunction.Latest, function.Configuration.Arn, ResolvedFunction.Latest);

        public DeployedFunction Function { get; set; } = function;

        public int ReservedInFlight { get; set; }
    }
}

/// <summary>One execution that was counted in.</summary>
/// <param name="IsReserved">Whether it is in the function's own count or in the account's.</param>
internal sealed record Admission(DeployedFunction Function, bool IsReserved);
