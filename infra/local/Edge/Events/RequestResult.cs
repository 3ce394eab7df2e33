using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>The result of a function at a request event: a request that continues, or a response.</summary>
internal abstract record RequestResult
{
    /// <param name="eventType"><c>viewer-request</c> or <c>origin-request</c>.</param>
    /// <param name="before">What the function was given.</param>
    /// <exception cref="InvalidResultException">CloudFront would not accept it.</exception>
    public static RequestResult Read(
        string eventType, JsonElement returned, EventRequest before, EventLimits limits)
    {
        if (returned.ValueKind != JsonValueKind.Object)
            throw new InvalidResultException("The function returned neither a request nor a response.");
        return returned.TryGetProperty("status", out _)
            ? GeneratedResponse.ReadResponse(eventType, returned, limits)
            : ContinuedRequest.ReadRequest(eventType, returned, before, limits);
    }
}

/// <summary>The request goes on, perhaps changed.</summary>
internal sealed record ContinuedRequest(EventRequest Request) : RequestResult
{
    /// <summary>A body in place of the viewer's; null where the function left it.</summary>
    public byte[]? Body { get; init; }

    /// <inheritdoc cref="RequestResult.Read"/>
    public static ContinuedRequest ReadRequest(
        string eventType, JsonElement returned, EventRequest before, EventLimits limits)
    {
        var headers = ResultReader.Headers(returned, before.Headers);
        HeaderRules.Check(eventType, before.Headers, headers);
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
        var origin = before.Origin is null ? null : OriginResult.Read(returned, before.Origin, headers);
        return new ContinuedRequest(
            before with { Uri = uri, Querystring = query, Headers = headers, Origin = origin, Body = null })
        {
            Body = BodyResult.Read(returned, before.Body, limits),
        };
    }

    private static bool IsEncoded(string text)
    {
        foreach (var character in text)
            if (character is not (> ' ' and < '\x7f')) return false;
        return true;
    }
}
