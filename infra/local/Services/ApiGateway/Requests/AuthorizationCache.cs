namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>The answers of authorizers, each kept for its authorizer's time to live.</summary>
internal sealed class AuthorizationCache
{
    private readonly Dictionary<string, LinkedListNode<Entry>> entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> byAge = [];

    public int Count => entries.Count;

    /// <returns>Null when there is none, or its time is over.</returns>
    public Authorization? Find(string key, DateTimeOffset now)
    {
        if (!entries.TryGetValue(key, out var node)) return null;
        if (node.Value.Expires > now) return node.Value.Authorization;
        Remove(node);
        return null;
    }

    /// <summary>Keeps an answer, in place of the oldest one where there is no room.</summary>
    public void Add(string key, Authorization authorization, DateTimeOffset expires)
    {
        if (entries.TryGetValue(key, out var known)) Remove(known);
        if (entries.Count >= ApiGatewayLimits.MaxCachedAuthorizations) Remove(byAge.First!);
        entries[key] = byAge.AddLast(new Entry(key, authorization, expires));
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        entries.Remove(node.Value.Key);
        byAge.Remove(node);
    }

    private sealed record Entry(string Key, Authorization Authorization, DateTimeOffset Expires);
}
