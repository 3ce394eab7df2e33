using System.Text.Json;

namespace Isobar.Local.Edge.Events;

/// <summary>The result of a viewer-response function: the headers of the answer. It can change nothing else.</summary>
internal static class ViewerResponseResult
{
    /// <exception cref="InvalidResultException">CloudFront would not accept it.</exception>
    public static HeaderMap Read(JsonElement returned, EventResponse before)
    {
        if (returned.ValueKind != JsonValueKind.Object)
            throw new InvalidResultException("The function returned no response.");
        if (ResultReader.Text(returned, "status") != before.Status)
            throw new InvalidResultException("The function tried to change the status of a viewer response.");
        if (ResultReader.Text(returned, "body") is not null)
            throw new InvalidResultException("The function tried to set the body of a viewer response.");
        var headers = ResultReader.Headers(returned, before.Headers);
        HeaderRules.CheckResponse(before.Headers, headers);
        return headers;
    }
}
