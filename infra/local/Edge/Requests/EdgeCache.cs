namespace Isobar.Local.Edge.Requests;

/// <summary>The cached objects, by cache key; the least recently used is removed when there is no room.</summary>
internal sealed class EdgeCache
{
    private readonly Dictionary<string, LinkedListNode<(string Key, CachedObject Object)>> entries =
        new(StringComparer.Ordinal);

    private readonly LinkedList<(string Key, CachedObject Object)> byUse = [];

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
