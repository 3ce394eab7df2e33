using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>What a request's target says, still encoded.</summary>
/// <param name="FullPath">With the stage, as sent.</param>
/// <param name="Path">Without it; begins with one slash.</param>
internal sealed record RequestTarget(
    string ApiId, string Stage, string FullPath, string Path, IReadOnlyList<NamedValues> Query)
{
    public static RequestTarget Read(HttpContext http)
    {
        var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var question = raw.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? raw : raw[..question];
        // A client of a proxy sends the whole URL.
        var start = path.IndexOf(ApiGatewayModule.Prefix, StringComparison.Ordinal);
        var parts = (start < 0 ? "" : path[(start + ApiGatewayModule.Prefix.Length)..].TrimStart('/')).Split('/', 3);
        var stage = parts.Length > 1 ? parts[1] : "";
        var rest = parts.Length > 2 ? "/" + parts[2] : "";
        // Recorded: further slashes before the path show in the context's path, not in the event's.
        return new RequestTarget(
            parts[0], stage, $"/{stage}{rest}", "/" + rest.TrimStart('/'),
            ReadQuery(question < 0 ? "" : raw[(question + 1)..]));
    }

    private static IReadOnlyList<NamedValues> ReadQuery(string query)
    {
        var pairs =
            from part in query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            let sign = part.IndexOf('=', StringComparison.Ordinal)
            let name = WebUtility.UrlDecode(sign < 0 ? part : part[..sign])
            where name.Length > 0
            select KeyValuePair.Create(name, sign < 0 ? "" : WebUtility.UrlDecode(part[(sign + 1)..]));
        return NamedValues.Group(pairs, StringComparer.Ordinal);
    }
}
