using System.Globalization;
using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway.Operations;

/// <summary>Lists the APIs, 25 a page unless <c>limit</c> says otherwise.</summary>
/// <remarks>
/// Source: Amazon API Gateway REST API Reference, GetRestApis. A position is the id of the last one shown.
/// </remarks>
internal static class GetRestApis
{
    private const int DefaultLimit = 25;
    private const int MaxLimit = 500;

    /// <exception cref="AwsException">BadRequestException: limit is not 1 to 500.</exception>
    public static ValueTask HandleAsync(Monitor<ApiGatewayState> apis, RestRequest request)
    {
        JsonAnswer.RefuseOthers(request, "limit", "position");
        var limit = DefaultLimit;
        if (request.Query("limit") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                || limit is < 1 or > MaxLimit))
            throw new AwsException("BadRequestException", $"limit must be 1 to {MaxLimit}, not {text}");
        var after = request.Query("position") ?? "";
        var rest = apis.Ask((state, _) => state.All())
            .Where(api => string.CompareOrdinal(api.Id, after) > 0).ToArray();
        var page = rest.Take(limit).Select(api => (JsonNode)JsonAnswer.Of(api));
        var body = new JsonObject { ["item"] = new JsonArray([.. page]) };
        if (rest.Length > limit) body["position"] = rest[limit - 1].Id;
        return JsonAnswer.WriteAsync(request, body);
    }
}
