namespace Isobar.Local.Edge.Requests;

/// <summary>How a request came to its answer, as <c>X-Cache</c> says it.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, standard log fields, x-edge-result-type, for the names of errors.
/// </remarks>
internal static class CacheResult
{
    public const string Hit = "Hit";
    public const string Miss = "Miss";

    /// <summary>The cached object had expired, and the origin answered that it has not changed.</summary>
    public const string RefreshHit = "RefreshHit";

    public const string Error = "Error";
    public const string Generated = "LambdaGeneratedResponse";

    /// <summary>502: what the function returned is not valid.</summary>
    public const string ValidationError = "LambdaValidationError";

    /// <summary>503: the function threw, ended or took too long.</summary>
    public const string ExecutionError = "LambdaExecutionError";

    /// <summary>503: too many events at a time.</summary>
    public const string LimitExceeded = "LambdaLimitExceeded";
}
