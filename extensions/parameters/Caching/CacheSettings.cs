namespace Isobar.Parameters.Caching;

/// <summary>How long and how much is cached.</summary>
/// <param name="ParametersTtl">For which a parameter is fresh, from zero (not cached) to five minutes.</param>
/// <param name="SecretsTtl">Likewise of a secret.</param>
/// <param name="MaxItems">Values that are cached at most, 0 to 1,000.</param>
/// <param name="StaleFor">For how long past its time to live a value is given while its source is away.</param>
internal sealed record CacheSettings(TimeSpan ParametersTtl, TimeSpan SecretsTtl, int MaxItems, TimeSpan StaleFor)
{
    /// <summary>
    /// Bytes of all cached answers together: 1,000 secrets of 64 KB would be more than a function has.
    /// </summary>
    public const int MaxBytes = 4 * 1_024 * 1_024;

    /// <summary>How long a caller waits for a source that does not answer, where there is a stale value.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>After a failure the stale value is given at once for this long, before the source is asked again.
    /// </summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public TimeSpan TtlOf(Store store) => MaxItems == 0 ? TimeSpan.Zero
        : store == Store.Parameters ? ParametersTtl : SecretsTtl;
}
