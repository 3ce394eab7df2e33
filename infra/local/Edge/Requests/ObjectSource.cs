using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.Requests;

/// <summary>An object for a viewer, and where it came from.</summary>
/// <param name="Age">How long it has been here; null when it has just come.</param>
/// <param name="Large">The body of an object too large to keep, still to be read; else null.</param>
internal sealed record FoundObject(CachedObject Object, string Result, TimeSpan? Age, LargeBody? Large);

/// <summary>Finds objects in the cache, or gets them from the origin; requests for one object at a time ask once.
/// </summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Request and response behavior for custom origins", simultaneous requests
/// for the same object; "How CloudFront processes errors", the requested object is in the cache.
/// </remarks>
internal sealed class ObjectSource(OriginFetch origin, Monitor<EdgeCache> cache, ServiceClock clock)
{
    /// <summary>Finds an object in the cache or gets it from the origin.</summary>
    /// <param name="cancellationToken">Stops the wait for another request, not what is asked of the origin.</param>
    /// <exception cref="EdgeException">A function failed.</exception>
    public async Task<FoundObject> FindAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (!exchange.IsCacheable) return await origin.FetchAsync(exchange, null);
        if (exchange.IsHead) return await FindHeadAsync(exchange);
        var lookup = cache.Ask(static (state, key, now) => state.Look(key, now), exchange.Key);
        if (lookup.Age is { } age) return Hit(lookup.Kept!, age);
        if (lookup.Mine is { } mine) return await LeadAsync(exchange, lookup.Kept, mine);
        return await lookup.Other!.WaitAsync(cancellationToken) is { } shared
            ? shared with { Result = Hit(shared.Object, TimeSpan.Zero).Result }
            : await FetchAsync(exchange, lookup.Kept);
    }

    // What the origin answers to HEAD has no body, so it is not kept.
    private async Task<FoundObject> FindHeadAsync(Exchange exchange)
    {
        var (kept, now) = cache.Ask(
            static (state, key, now) => (state.Find(key), now), exchange.Key);
        return kept is not null && kept.IsFresh(now)
            ? Hit(kept, now - kept.Stored)
            : await FetchAsync(exchange, kept);
    }

    private async Task<FoundObject> LeadAsync(
        Exchange exchange, CachedObject? stale, TaskCompletionSource<FoundObject?> waiting)
    {
        FoundObject? shared = null;
        try
        {
            var found = await FetchAsync(exchange, stale);
            // What may not be kept is for one viewer alone.
            if (found.Large is null && found.Object.Fresh > TimeSpan.Zero) shared = found;
            return found;
        }
        finally
        {
            cache.Post((state, _) => state.Finish(exchange.Key, waiting));
            waiting.SetResult(shared);
        }
    }

    private async Task<FoundObject> FetchAsync(Exchange exchange, CachedObject? stale)
    {
        var fill = cache.Ask(static (state, key, _) => state.Begin(key), exchange.Key);
        try
        {
            return await FillAsync(exchange, stale, fill);
        }
        finally
        {
            cache.Post((state, _) => state.End(fill));
        }
    }

    private async Task<FoundObject> FillAsync(Exchange exchange, CachedObject? stale, CacheFill fill)
    {
        var found = await origin.FetchAsync(exchange, stale);
        if (found.Large is not null) return found;
        if (found.Object.Status >= 500 && stale is { Status: < 400 })
        {
            // An object that has grown old is better than an error; for as long as the error would be kept.
            var again = stale with { Stored = clock.GetUtcNow(), Fresh = found.Object.Fresh };
            cache.Post((state, _) => state.Store(fill, again));
            return Hit(again, TimeSpan.Zero);
        }

        if (!exchange.IsHead || found.Result == CacheResult.RefreshHit)
            cache.Post((state, _) => state.Store(fill, found.Object));
        return found;
    }

    private static FoundObject Hit(CachedObject kept, TimeSpan age) =>
        new(kept, kept.Status >= 400 ? CacheResult.Error : CacheResult.Hit, age, null);
}
