using System.Collections.Frozen;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Microsoft.AspNetCore.Http.Features;

namespace Isobar.Local.Edge.Requests;

/// <summary>What a viewer sent, as events show it.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Request and response behavior for Amazon S3 origins": 403 for a method
/// that is not allowed and for a GET with a body. The server answers 414 to a longer request line than 8 KB.
/// </remarks>
internal static class ViewerRequestReader
{
    private static readonly FrozenSet<string> WithBody =
        FrozenSet.Create(StringComparer.Ordinal, "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /// <exception cref="EdgeException">CloudFront would answer without running a function.</exception>
    public static EventRequest Read(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
            throw new EdgeException(400, CacheResult.Error, "The request line does not name a path.");
        var mark = target.IndexOf('?');
        return new EventRequest(
            http.Connection.RemoteIpAddress?.ToString() ?? "", Headers(http.Request), http.Request.Method,
            mark < 0 ? "" : target[(mark + 1)..], mark < 0 ? target : target[..mark]);
    }

    /// <summary>Reads the body, which is held in memory.</summary>
    /// <returns>Empty for none.</returns>
    /// <exception cref="EdgeException">The behavior does not take the method, or the body.</exception>
    public static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext http, BehaviorSettings behavior)
    {
        var request = http.Request;
        var size = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        var hasBody = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
        var mayHave = WithBody.Contains(request.Method) && behavior.AllowedMethods.Contains(request.Method);
        if (!hasBody || !mayHave) size?.MaxRequestBodySize = 0;
        if (!behavior.AllowedMethods.Contains(request.Method))
            throw new EdgeException(403, CacheResult.Error, "The distribution does not allow the method.");
        if (!hasBody) return default;
        if (!mayHave) throw new EdgeException(403, CacheResult.Error, "The method takes no request with a body.");
        if (request.ContentLength > EdgeLimits.MaxRequestBodyBytes) throw TooLarge();
        size?.MaxRequestBodySize = EdgeLimits.MaxRequestBodyBytes;
        try
        {
            var body = new MemoryStream((int)(request.ContentLength ?? 0));
            await request.Body.CopyToAsync(body, http.RequestAborted);
            return body.GetBuffer().AsMemory(0, (int)body.Length);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
    }

    private static EdgeException TooLarge() => new(
        413, CacheResult.Error, $"The body of the request is larger than {EdgeLimits.MaxRequestBodyBytes} bytes.");

    private static HeaderMap Headers(HttpRequest request)
    {
        var headers = new HeaderMap();
        foreach (var (name, lines) in request.Headers)
        {
            if (HeaderRules.IsDisallowed(name.ToLowerInvariant())) continue;
            foreach (var line in lines) headers.Add(name, line ?? "");
        }

        return headers;
    }
}
