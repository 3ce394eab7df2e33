using Isobar.Parameters.Caching;

namespace Isobar.Parameters;

/// <summary>Fetches values before they are asked for.</summary>
internal static class Prefetch
{
    /// <summary>Half of the 10 s that Lambda gives the whole init phase.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Fetches all, at the same time. What is not there in time arrives later, or when it is asked for.
    /// </summary>
    /// <returns>Which one failed and why; null if all were fetched.</returns>
    public static async Task<string?> RunAsync(
        ValueCache cache, IReadOnlyList<Wanted> prefetched, TimeProvider clock, Log log)
    {
        if (prefetched.Count == 0) return null;
        var begun = clock.GetTimestamp();
        var failures = await Task.WhenAll(prefetched.Select(wanted => FetchAsync(cache, wanted, clock)));
        log.Info($"{failures.Count(failure => failure is null)} of {prefetched.Count} values fetched in "
            + $"{clock.GetElapsedTime(begun).TotalMilliseconds:0} ms");
        return failures.FirstOrDefault(failure => failure is not null);
    }

    private static async Task<string?> FetchAsync(ValueCache cache, Wanted wanted, TimeProvider clock)
    {
        try
        {
            await cache.GetAsync(wanted).WaitAsync(Limit, clock);
            return null;
        }
        catch (Exception absent) when (absent is RefusedException or AwayException or TimeoutException)
        {
            var reason = absent is TimeoutException ? $"no answer in {Limit.TotalSeconds:0} s" : absent.Message;
            return $"{wanted.Name} was not fetched: {reason}";
        }
    }
}
