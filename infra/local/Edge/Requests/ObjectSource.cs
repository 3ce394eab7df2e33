using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Isobar.Local.Ownership;

namespace Isobar.Local.Edge.Requests;

/// <summary>An object for a viewer, and where it came from.</summary>
/// <param name="Large">The origin's answer, still to be read, of an object too large to keep; else null.</param>
/// <param name="Age">How long it has been here; null when it has just come.</param>
internal sealed record FoundObject(CachedObject Object, string Result, TimeSpan? Age, HttpResponseMessage? Large);

/// <summary>Finds objects in the cache, or gets them from the origin.</summary>
/// <remarks>The key is the URI: the cache policy may put nothing else into it here.</remarks>
internal sealed class ObjectSource(
    Origin origin, Monitor<EdgeCache> cache, TimeToLive policy, ServiceClock clock)
{
    /// <summary>Finds an object in the cache or gets it from the origin.</summary>
    /// <param name="isHead">Then what the origin answers is not kept: it has no body.</param>
    /// <exception cref="EdgeException">The origin can't be asked.</exception>
    public async Task<FoundObject> FindAsync(string uri, bool isHead, CancellationToken cancellationToken)
    {
        var (kept, now) = cache.Ask((state, now) => (state.Find(uri), now));
        if (kept is not null && kept.IsFresh(now)) return Found(kept, Hit(kept), now - kept.Stored);

        var method = isHead ? HttpMethod.Head : HttpMethod.Get;
        var answer = await origin.AskAsync(method, uri, kept?.ETag, cancellationToken);
        var (status, headers) = ((int)answer.StatusCode, Origin.Headers(answer));
        now = clock.GetUtcNow();
        if (status == StatusCodes.Status304NotModified && kept is not null)
        {
            answer.Dispose();
            var renewed = kept with { Stored = now, Fresh = Freshness.Of(kept.Status, kept.Headers, policy, now) };
            cache.Post((state, _) => state.Store(uri, renewed));
            return Found(renewed, CacheResult.RefreshHit, null);
        }

        var empty = new CachedObject(status, headers, default, now, Freshness.Of(status, headers, policy, now));
        var result = status >= 400 ? CacheResult.Error : CacheResult.Miss;
        if (!isHead && answer.Content.Headers.ContentLength is null or > EdgeLimits.MaxCachedObjectBytes)
            return new FoundObject(empty, result, null, answer);
        using (answer)
        {
            if (isHead) return Found(empty, result, null);
            var whole = empty with { Body = await BodyAsync(answer, cancellationToken) };
            cache.Post((state, _) => state.Store(uri, whole));
            return Found(whole, result, null);
        }
    }

    private static string Hit(CachedObject kept) => kept.Status >= 400 ? CacheResult.Error : CacheResult.Hit;

    private static FoundObject Found(CachedObject found, string result, TimeSpan? age) => new(found, result, age, null);

    private static async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new EdgeException(502, CacheResult.Error, "The origin closed the connection.");
        }
    }
}
