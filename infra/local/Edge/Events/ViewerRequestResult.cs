using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>The result of a viewer-request function: a request that continues, or a response.</summary>
internal abstract record ViewerRequestResult
{
    /// <exception cref="InvalidResultException">CloudFront would not accept it.</exception>
    public static ViewerRequestResult Read(JsonElement returned, EventRequest before, ViewerLimits limits)
    {
        if (returned.ValueKind != JsonValueKind.Object)
            throw new InvalidResultException("The function returned neither a request nor a response.");
        return returned.TryGetProperty("status", out _)
            ? GeneratedResponse.Read(returned, limits)
            : ContinuedRequest.Read(returned, before);
    }
}

/// <summary>The request goes on, perhaps changed.</summary>
internal sealed record ContinuedRequest(EventRequest Request) : ViewerRequestResult
{
    /// <inheritdoc cref="ViewerRequestResult.Read"/>
    public static ContinuedRequest Read(JsonElement returned, EventRequest before)
    {
        var headers = ResultReader.Headers(returned, before.Headers);
        HeaderRules.CheckRequest(before.Headers, headers);
        var uri = ResultReader.Text(returned, "uri") ?? throw new InvalidResultException("The request has no uri.");
        var query = ResultReader.Text(returned, "querystring") ?? "";
        if (!uri.StartsWith('/')) throw new InvalidResultException("The uri does not begin with a slash.");
        if (!IsEncoded(uri) || !IsEncoded(query))
            throw new InvalidResultException("The uri or the querystring has characters that must be encoded.");
        if (uri.Length + query.Length >= EdgeLimits.MaxUriCharacters)
            throw new InvalidResultException("The uri and the querystring are too long.");
        if (ResultReader.Text(returned, "method") is { } method && method != before.Method)
            throw new InvalidResultException("The function tried to change the read-only method.");
        if (ResultReader.Text(returned, "clientIp") is { } clientIp && clientIp != before.ClientIp)
            throw new InvalidResultException("The function tried to change the read-only clientIp.");
        return new ContinuedRequest(before with { Uri = uri, Querystring = query, Headers = headers });
    }

    private static bool IsEncoded(string text) => text.All(character => character is > ' ' and < '\x7f');
}

/// <summary>The function answers instead of the origin; the answer is not cached.</summary>
/// <param name="Status">200 to 599.</param>
internal sealed record GeneratedResponse(int Status, string StatusDescription, HeaderMap Headers, byte[] Body)
    : ViewerRequestResult
{
    /// <inheritdoc cref="ViewerRequestResult.Read"/>
    public static GeneratedResponse Read(JsonElement returned, ViewerLimits limits)
    {
        var status = ResultReader.Text(returned, "status");
        if (status is not { Length: 3 }
            || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || code is < 200 or > 599)
            throw new InvalidResultException("The status is not a text from 200 to 599.");
        var headers = ResultReader.Headers(returned, new HeaderMap());
        HeaderRules.CheckGenerated(headers);
        var body = BodyOf(returned);
        if (body.Length > 0 && code == 204) throw new InvalidResultException("A response with 204 has a body.");
        var description = ResultReader.Text(returned, "statusDescription") ?? "";
        if (body.Length + headers.WireLength() > limits.MaxGeneratedBytes)
            throw new InvalidResultException(
                $"The response with its headers is larger than {limits.MaxGeneratedBytes} bytes.");
        return new GeneratedResponse(code, description, headers, body);
    }

    private static byte[] BodyOf(JsonElement returned)
    {
        var text = ResultReader.Text(returned, "body") ?? "";
        switch (ResultReader.Text(returned, "bodyEncoding") ?? "text")
        {
            case "text":
                return Encoding.UTF8.GetBytes(text);
            case "base64":
                var bytes = new byte[text.Length];
                return Convert.TryFromBase64String(text, bytes, out var length)
                    ? bytes[..length]
                    : throw new InvalidResultException("The body is not base64.");
            default:
                throw new InvalidResultException("The bodyEncoding is neither text nor base64.");
        }
    }
}
