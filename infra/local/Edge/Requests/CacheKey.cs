using System.Text;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Requests;

/// <summary>What makes two requests be for the same object.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Path">
/// The part that an invalidation names: the URI, and what of the query string is in the key after a question mark.
/// </param>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Understand the cache key": the path, and what the cache policy names.
/// The behavior is part of it too, so that two origins never share an object whose URI a function made the same.
/// </remarks>
internal readonly record struct CacheKey(string Text, string Path)
{
    // It is in no URI and no header value.
    private const char Separator = '\n';

    public static CacheKey Of(Exchange exchange)
    {
        var (request, policy) = (exchange.Request, exchange.Behavior.Cache);
        var text = new StringBuilder(exchange.Behavior.Pattern.ToString()).Append(Separator).Append(exchange.Uri);
        var path = exchange.Uri;
        if (HttpMethods.IsOptions(request.Method)) text.Append(Separator).Append("OPTIONS");
        if (exchange.Encodings.Length > 0) text.Append(Separator).Append("encodings=").Append(exchange.Encodings);
        if (!policy.Headers.IsNone || policy.AddedHeaders.Count > 0) AddHeaders(text, request.Headers, policy);
        if (SelectedValues.Queries(request.Querystring, policy.Queries) is { Length: > 0 } query)
        {
            text.Append(Separator).Append('?').Append(query);
            path += "?" + query;
        }

        if (!policy.Cookies.IsNone)
            text.Append(Separator).Append("cookies=").Append(SelectedValues.Cookies(request.Headers, policy.Cookies));
        return new CacheKey(text.ToString(), path);
    }

    // The map is in the order of names, so the text is too.
    private static void AddHeaders(StringBuilder text, HeaderMap headers, CachePolicy policy)
    {
        foreach (var (name, lines) in headers)
        {
            if (!policy.AddedHeaders.Contains(name) && (!policy.Headers.Includes(name) || ViewerFacts.IsAdded(name)))
                continue;
            foreach (var line in lines) text.Append(Separator).Append(name).Append(':').Append(line.Value);
        }
    }
}
