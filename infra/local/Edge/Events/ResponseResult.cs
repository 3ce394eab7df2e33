using System.Globalization;
using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>The result of a function at a response event.</summary>
/// <param name="Body">In place of the origin's; null where the function left it, which it can't see.</param>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Update HTTP responses in origin response triggers" and "Restrictions on
/// Lambda@Edge": at viewer-response neither status nor body.
/// </remarks>
internal sealed record ResponseResult(int Status, HeaderMap Headers, byte[]? Body)
{
    /// <summary>At viewer-response: headers and nothing else.</summary>
    /// <exception cref="InvalidResultException">CloudFront would not accept it.</exception>
    public static HeaderMap ReadViewer(JsonElement returned, EventResponse before)
    {
        RequireObject(returned);
        if (ResultReader.Text(returned, "status") != before.Status)
            throw new InvalidResultException("The function tried to change the status of a viewer response.");
        if (ResultReader.Text(returned, "body") is not null)
            throw new InvalidResultException("The function tried to set the body of a viewer response.");
        var headers = ResultReader.Headers(returned, before.Headers);
        HeaderRules.Check(EventTypes.ViewerResponse, before.Headers, headers);
        return headers;
    }

    /// <summary>At origin-response: status, headers and body.</summary>
    /// <exception cref="InvalidResultException">CloudFront would not accept it.</exception>
    public static ResponseResult ReadOrigin(JsonElement returned, EventResponse before, EventLimits limits)
    {
        RequireObject(returned);
        // What the origin said stays acceptable, as 304 does.
        var status = ResultReader.Text(returned, "status") == before.Status
            ? int.Parse(before.Status, CultureInfo.InvariantCulture)
            : ResponseParts.Status(returned);
        var headers = ResultReader.Headers(returned, before.Headers);
        HeaderRules.Check(EventTypes.OriginResponse, before.Headers, headers);
        var body = ResponseParts.Body(returned);
        if (body is not null) ResponseParts.CheckSize(body, headers, limits);
        return new ResponseResult(status, headers, body);
    }

    private static void RequireObject(JsonElement returned)
    {
        if (returned.ValueKind != JsonValueKind.Object)
            throw new InvalidResultException("The function returned no response.");
    }
}
