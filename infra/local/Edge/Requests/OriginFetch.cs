using System.Globalization;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Isobar.Local.Ownership;
using Microsoft.AspNetCore.WebUtilities;

namespace Isobar.Local.Edge.Requests;

/// <summary>Gets an object from the origin, with the functions of the origin's events around it.</summary>
internal sealed class OriginFetch(
    DistributionSettings settings, Origin origin, EdgeFunctions functions, ServiceClock clock)
{
    /// <summary>Asks for an object. It goes on when the viewer leaves: others may wait for it.</summary>
    /// <param name="stale">What the cache has, grown old; null for nothing.</param>
    /// <exception cref="EdgeException">A function failed.</exception>
    public async Task<FoundObject> FetchAsync(Exchange exchange, CachedObject? stale)
    {
        var request = OriginRequests.Make(exchange, settings, stale);
        var decided = await functions.RequestAsync(
            EventTypes.OriginRequest, exchange.Behavior, request, exchange.Body, exchange.RequestId,
            CancellationToken.None);
        if (decided is GeneratedResponse made)
            return Found(Object(exchange, made.Status, made.Headers, made.Body), CacheResult.Generated);
        var continued = (ContinuedRequest)decided;
        HttpResponseMessage answer;
        try
        {
            answer = await origin.AskAsync(continued.Request, continued.Body ?? exchange.Body);
        }
        catch (EdgeException e)
        {
            // As if the origin had said so.
            var page = EdgeAnswer.Error(e, exchange.RequestId);
            return Found(Object(exchange, page.Status, page.Headers, page.Body), CacheResult.Error);
        }

        try
        {
            return await TakeAsync(exchange, continued.Request, answer, stale);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private async Task<FoundObject> TakeAsync(
        Exchange exchange, EventRequest request, HttpResponseMessage answer, CachedObject? stale)
    {
        var (status, headers) = ((int)answer.StatusCode, Origin.Headers(answer));
        var result = await functions.OriginResponseAsync(
            exchange.Behavior, request,
            new EventResponse(
                headers, status.ToString(CultureInfo.InvariantCulture), ReasonPhrases.GetReasonPhrase(status)),
            exchange.RequestId);
        byte[]? body = null;
        if (result is not null) (status, headers, body) = (result.Status, result.Headers, result.Body);
        if (status == StatusCodes.Status304NotModified && stale is not null)
        {
            answer.Dispose();
            return Found(Renewed(exchange, stale, headers), CacheResult.RefreshHit);
        }

        var found = Object(exchange, status, headers, default);
        var how = status >= 400 ? CacheResult.Error : CacheResult.Miss;
        if (body is null && exchange.IsHead)
        {
            answer.Dispose();
            return Found(found, how);
        }

        if (body is null)
        {
            (body, var large) = await BodyAsync(answer);
            if (large is not null) return new FoundObject(found, how, null, large);
        }
        else
        {
            headers.Remove("content-length");
        }

        answer.Dispose();
        return Found(Compression.Apply(exchange, found with { Body = body }), how);
    }

    /// <summary>The object as it was, with the headers that came with 304, which are of the same entity.</summary>
    private CachedObject Renewed(Exchange exchange, CachedObject stale, HeaderMap headers)
    {
        var merged = new HeaderMap(stale.Headers);
        foreach (var (name, lines) in headers)
            if (!name.StartsWith("content-", StringComparison.Ordinal) && name is not ("etag" or "vary"))
                merged[name] = lines;
        return Object(exchange, stale.Status, merged, stale.Body) with { Validator = stale.Validator };
    }

    private CachedObject Object(Exchange exchange, int status, HeaderMap headers, ReadOnlyMemory<byte> body)
    {
        var now = clock.GetUtcNow();
        return new CachedObject(
            status, headers, body, now, Freshness.Of(
                status, headers, exchange.Behavior.Cache.TimeToLive, now,
                settings.Errors.TryGetValue(status, out var error) ? error.Minimum : null));
    }

    private static FoundObject Found(CachedObject found, string result) => new(found, result, null, null);

    /// <summary>Reads a body as far as it may be kept.</summary>
    private static async Task<(byte[]? Whole, LargeBody? Large)> BodyAsync(HttpResponseMessage answer)
    {
        const int Most = EdgeLimits.MaxCachedObjectBytes;
        if (answer.Content.Headers.ContentLength > Most) return (null, new LargeBody(answer, default));
        try
        {
            if (answer.Content.Headers.ContentLength is not null)
                return (await answer.Content.ReadAsByteArrayAsync(), null);
            // The origin does not say how long it is.
            var stream = await answer.Content.ReadAsStreamAsync();
            var read = new byte[Most + 1];
            var count = await stream.ReadAtLeastAsync(read, read.Length, throwOnEndOfStream: false);
            return count <= Most ? (read[..count], null) : (null, new LargeBody(answer, read.AsMemory(0, count)));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new EdgeException(502, CacheResult.Error, "The origin closed the connection.");
        }
    }
}
