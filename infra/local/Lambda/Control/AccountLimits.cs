namespace Isobar.Local.Lambda.Control;

/// <summary>What an account may run at a time in its Region. New accounts begin with 10.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Understanding Lambda function scaling" and "Lambda quotas" (October 2026).
/// </remarks>
internal sealed record AccountLimits
{
    /// <summary>The largest account that can be asked for here; AWS sets no highest number.</summary>
    public const int MaxConcurrency = 100_000;

    /// <summary>Requests a second for each unit of concurrency.</summary>
    public const int RequestsForEachConcurrency = 10;

    /// <summary>Executions at a time, of all functions: 1,000 unless the account has another quota.</summary>
    public int Concurrency { get; init; } = LambdaLimits.AccountConcurrency;

    /// <summary>
    /// What reservations must leave to the functions that have none: 100, or all of a smaller account. Null means that.
    /// </summary>
    public int? LeastUnreserved { get; init; }

    /// <summary>What reservations must leave.</summary>
    public int MinUnreserved => LeastUnreserved ?? Math.Min(LambdaLimits.MinUnreservedConcurrency, Concurrency);
}
