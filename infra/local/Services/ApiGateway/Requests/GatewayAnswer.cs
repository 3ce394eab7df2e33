using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>What goes back to the client.</summary>
/// <param name="Headers">A name may come again; the media type is among them.</param>
internal sealed record GatewayAnswer(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    public static readonly KeyValuePair<string, string> Json = new("Content-Type", "application/json");

    /// <summary>Headers that an integration may not write; clients see them under another name (recorded).</summary>
    private static readonly HashSet<string> Remapped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Connection", "Content-Length", "Content-MD5", "Date", "Expect", "Host", "Max-Forwards",
        "Proxy-Authenticate", "Server", "Trailer", "Upgrade", "User-Agent", "WWW-Authenticate",
    };

    public static GatewayAnswer Of(
        int status, string mediaType, string body, params IEnumerable<KeyValuePair<string, string>> headers) =>
        new(status, [.. headers, new("Content-Type", mediaType)], Encoding.UTF8.GetBytes(body));

    /// <summary>Whether every header can be sent.</summary>
    public bool IsSendable => Headers.All(header => IsToken(header.Key) && header.Value.All(IsFieldCharacter));

    /// <summary>Writes the answer; of a header that comes twice with the same name, each value is sent.</summary>
    public async Task WriteAsync(HttpContext http, RequestIds ids)
    {
        var response = http.Response;
        response.StatusCode = Status;
        response.Headers["x-amzn-RequestId"] = ids.RequestId;
        response.Headers["x-amz-apigw-id"] = ids.Extended;
        foreach (var group in Headers.GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (group.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)) continue;
            var name = Remapped.Contains(group.Key) ? "x-amzn-Remapped-" + group.Key : group.Key;
            response.Headers[name] = group.Select(header => HeaderText.Encode(header.Value)).ToArray();
        }

        if (Status is 204 or 304) return;
        response.ContentLength = Body.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(Body, http.RequestAborted);
    }

    private static bool IsToken(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));

    private static bool IsFieldCharacter(char c) => c is '\t' or (>= ' ' and not '\x7f');
}
