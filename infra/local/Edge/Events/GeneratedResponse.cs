using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>
/// The function answers instead of the origin: at viewer-request the answer is not cached, at origin-request it is.
/// </summary>
/// <param name="Status">200 to 599.</param>
internal sealed record GeneratedResponse(int Status, string StatusDescription, HeaderMap Headers, byte[] Body)
    : RequestResult
{
    /// <param name="eventType"><c>viewer-request</c> or <c>origin-request</c>.</param>
    /// <exception cref="InvalidResultException">CloudFront would not accept it.</exception>
    public static GeneratedResponse ReadResponse(string eventType, JsonElement returned, EventLimits limits)
    {
        var status = ResponseParts.Status(returned);
        var headers = ResultReader.Headers(returned, new HeaderMap());
        HeaderRules.Check(eventType, new HeaderMap(), headers);
        var body = ResponseParts.Body(returned) ?? [];
        if (body.Length > 0 && status == 204 && eventType == EventTypes.ViewerRequest)
            throw new InvalidResultException("A response with 204 has a body.");
        ResponseParts.CheckSize(body, headers, limits);
        return new GeneratedResponse(status, ResultReader.Text(returned, "statusDescription") ?? "", headers, body);
    }
}
