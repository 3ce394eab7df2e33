using Isobar.Local.Edge.Invalidations;

namespace Isobar.Local.Edge.Requests;

/// <summary>The cached objects, by cache key; the least recently used is removed when there is no room. Also which keys
/// somebody asks the origin for: others with the same key wait.</summary>
internal sealed class EdgeCache
{
    private readonly Dictionary<CacheKey, LinkedListNode<(CacheKey Key, CachedObject Object)>> entries = [];

    private readonly LinkedList<(CacheKey Key, CachedObject Object)> byUse = [];

    // As many as there are requests at a time, which the server bounds; the next one too.
    private readonly Dictionary<CacheKey, TaskCompletionSource<FoundObject?>> asked = [];

    private readonly HashSet<CacheFill> fills = [];

    public int Count => entries.Count;

    public long Bytes { get; private set; }

    /// <returns>Fresh or not; null when there is none.</returns>
    public CachedObject? Find(CacheKey key)
    {
        if (!entries.TryGetValue(key, out var node)) return null;
        byUse.Remove(node);
        byUse.AddLast(node);
        return node.Value.Object;
    }

    /// <summary>What to do for a request: serve what is fresh, wait for another request, or ask the origin.</summary>
    public CacheLookup Look(CacheKey key, DateTimeOffset now)
    {
        var kept = Find(key);
        if (kept is not null && kept.IsFresh(now)) return new CacheLookup(kept, now - kept.Stored, null, null);
        if (asked.TryGetValue(key, out var other)) return new CacheLookup(kept, null, other.Task, null);
        var mine = new TaskCompletionSource<FoundObject?>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[key] = mine;
        return new CacheLookup(kept, null, null, mine);
    }

    /// <summary>The request that asked the origin is done.</summary>
    /// <param name="mine">What the lookup gave it.</param>
    public void Finish(CacheKey key, TaskCompletionSource<FoundObject?> mine)
    {
        // After an invalidation it can be another request's.
        if (asked.GetValueOrDefault(key) == mine) asked.Remove(key);
    }

    /// <summary>Somebody is about to ask the origin for an object.</summary>
    /// <returns>To be ended.</returns>
    public CacheFill Begin(CacheKey key)
    {
        var fill = new CacheFill(key);
        fills.Add(fill);
        return fill;
    }

    public void End(CacheFill fill) => fills.Remove(fill);

    /// <summary>Keeps an object in the place of the one under its key, unless the key has been invalidated since the
    /// origin was asked: the answer may be older than the invalidation.</summary>
    public void Store(CacheFill fill, CachedObject stored)
    {
        if (fill.IsInvalidated) return;
        var key = fill.Key;
        Remove(key);
        if (stored.Fresh <= TimeSpan.Zero || stored.Body.Length > EdgeLimits.MaxCachedObjectBytes) return;
        entries[key] = byUse.AddLast((key, stored));
        Bytes += stored.Body.Length;
        while (entries.Count > EdgeLimits.MaxCachedObjects || Bytes > EdgeLimits.MaxCacheBytes)
            Remove(byUse.First!.Value.Key);
    }

    /// <summary>Forgets every object of these paths, whatever else is in its key.</summary>
    /// <returns>How many there were.</returns>
    public int Invalidate(InvalidatedPaths paths)
    {
        CacheKey[] found = [.. entries.Keys.Where(key => paths.Include(key.Path))];
        foreach (var key in found) Remove(key);
        // Who comes from now on does not wait for an answer that may be old.
        foreach (var key in asked.Keys.Where(key => paths.Include(key.Path)).ToArray()) asked.Remove(key);
        foreach (var fill in fills.Where(fill => paths.Include(fill.Key.Path))) fill.IsInvalidated = true;
        return found.Length;
    }

    private void Remove(CacheKey key)
    {
        if (!entries.Remove(key, out var node)) return;
        byUse.Remove(node);
        Bytes -= node.Value.Object.Body.Length;
    }
}

/// <summary>An object on its way from the origin into the cache. Owned by the cache's monitor.</summary>
internal sealed class CacheFill(CacheKey key)
{
    public CacheKey Key => key;

    /// <summary>Whether an invalidation named it since the origin was asked.</summary>
    public bool IsInvalidated { get; set; }
}
