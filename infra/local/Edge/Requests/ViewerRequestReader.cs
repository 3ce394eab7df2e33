using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Microsoft.AspNetCore.Http.Features;

namespace Isobar.Local.Edge.Requests;

/// <summary>What a viewer sent, as events show it.</summary>
internal static class ViewerRequestReader
{
    /// <exception cref="EdgeException">CloudFront would answer without running a function.</exception>
    /// <remarks>
    /// Source: Amazon CloudFront Developer Guide, "Request and response behavior for Amazon S3 origins": 403 for a
    /// method that is not allowed and for a GET with a body. The server answers 414 to a longer request line than 8 KB.
    /// </remarks>
    public static EventRequest Read(HttpContext http, DistributionSettings settings)
    {
        var request = http.Request;
        if (!settings.AllowedMethods.Contains(request.Method))
            throw new EdgeException(403, CacheResult.Error, "The distribution does not allow the method.");
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0)
            throw new EdgeException(403, CacheResult.Error, "The distribution takes no request with a body.");
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
            throw new EdgeException(400, CacheResult.Error, "The request line does not name a path.");
        var mark = target.IndexOf('?');
        return new EventRequest(
            http.Connection.RemoteIpAddress?.ToString() ?? "", Headers(request), request.Method,
            mark < 0 ? "" : target[(mark + 1)..], mark < 0 ? target : target[..mark]);
    }

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
