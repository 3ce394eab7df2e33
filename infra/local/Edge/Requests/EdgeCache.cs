namespace Isobar.Local.Edge.Requests;

/// <summary>The cached objects, by cache key; the least recently used is removed when there is no room. Also which keys
/// somebody asks the origin for: others with the same key wait.</summary>
internal sealed class EdgeCache
{
    private readonly Dictionary<string, LinkedListNode<(string Key, CachedObject Object)>> entries =
        new(StringComparer.Ordinal);

    private readonly LinkedList<(string Key, CachedObject Object)> byUse = [];

    // As many as there are requests at a time, which the server bounds.
    private readonly Dictionary<string, TaskCompletionSource<FoundObject?>> asked = new(StringComparer.Ordinal);

    public int Count => entries.Count;

    public long Bytes { get; private set; }

    /// <returns>Fresh or not; null when there is none.</returns>
    public CachedObject? Find(string key)
    {
        if (!entries.TryGetValue(key, out var node)) return null;
        byUse.Remove(node);
        byUse.AddLast(node);
        return node.Value.Object;
    }

    /// <summary>What to do for a request: serve what is fresh, wait for another request, or ask the origin.</summary>
    public CacheLookup Look(string key, DateTimeOffset now)
    {
        var kept = Find(key);
        if (kept is not null && kept.IsFresh(now)) return new CacheLookup(kept, now - kept.Stored, null, null);
        if (asked.TryGetValue(key, out var other)) return new CacheLookup(kept, null, other.Task, null);
        var mine = new TaskCompletionSource<FoundObject?>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[key] = mine;
        return new CacheLookup(kept, null, null, mine);
    }

    /// <summary>The request that asked the origin is done.</summary>
    public void Finish(string key) => asked.Remove(key);

    /// <summary>Keeps an object in the place of the one under its key.</summary>
    public void Store(string key, CachedObject stored)
    {
        Remove(key);
        if (stored.Fresh <= TimeSpan.Zero || stored.Body.Length > EdgeLimits.MaxCachedObjectBytes) return;
        entries[key] = byUse.AddLast((key, stored));
        Bytes += stored.Body.Length;
        while (entries.Count > EdgeLimits.MaxCachedObjects || Bytes > EdgeLimits.MaxCacheBytes)
            Remove(byUse.First!.Value.Key);
    }

    private void Remove(string key)
    {
        if (!entries.Remove(key, out var node)) return;
        byUse.Remove(node);
        Bytes -= node.Value.Object.Body.Length;
    }
}
