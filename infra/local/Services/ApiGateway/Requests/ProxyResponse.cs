using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>The response that a function of a proxy integration makes.</summary>
/// <remarks>What is taken and what is refused was recorded against AWS.</remarks>
internal static class ProxyResponse
{
    private static readonly string[] Known = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

    /// <exception cref="GatewayException">It is no such response; the client gets a 502.</exception>
    public static GatewayAnswer Read(ReadOnlySpan<byte> payload, GatewayRequest request)
    {
        if (!JsonText.TryParse(payload, out var json) || json is not JsonObject { Count: > 0 } response
            || response.Any(member => !Known.Contains(member.Key))) throw Malformed();
        var answer = new GatewayAnswer(
            Status(response["statusCode"]), Headers(response), Body(response, request));
        return answer.IsSendable ? answer : throw Malformed();
    }

    private static int Status(JsonNode? status)
    {
        if (status is null) return 200;
        return int.TryParse(Values.Text(status), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 200 and <= 599 ? number : throw Malformed();
    }

    /// <summary>A header that stands in both maps is joined, the multi-value ones first.</summary>
    private static List<KeyValuePair<string, string>> Headers(JsonObject response)
    {
        var headers = new List<(string Name, List<string> Values)>();
        foreach (var (name, value) in Map(response["multiValueHeaders"]))
        {
            if (value is not JsonArray list) throw Malformed();
            headers.Add((name, [.. list.Select(Scalar)]));
        }

        foreach (var (name, value) in Map(response["headers"]))
        {
            var known = headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known.Values is null) headers.Add((name, [Scalar(value)]));
            else known.Values.Add(Scalar(value));
        }

        if (!headers.Any(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            headers.Add((GatewayAnswer.Json.Key, [GatewayAnswer.Json.Value]));
        return [.. headers.SelectMany(
            header => header.Values, (header, value) => KeyValuePair.Create(header.Name, value))];
    }

    private static ReadOnlyMemory<byte> Body(JsonObject response, GatewayRequest request)
    {
        var isBase64 = response["isBase64Encoded"] switch
        {
            null => false,
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False =>
                value.GetValue<bool>(),
            _ => throw Malformed(),
        };
        var body = response["body"] switch
        {
            null => "",
            JsonValue value => Values.Text(value),
            _ => throw Malformed(),
        };
        if (!isBase64 || !request.IsBinary(request.Accepts)) return Encoding.UTF8.GetBytes(body);
        try
        {
            return Convert.FromBase64String(body);
        }
        catch (FormatException)
        {
            throw Malformed();
        }
    }

    private static JsonObject Map(JsonNode? value) => value switch
    {
        null => [],
        JsonObject map => map,
        _ => throw Malformed(),
    };

    private static string Scalar(JsonNode? value) =>
        value is null or JsonValue ? Values.Text(value) : throw Malformed();

    private static GatewayException Malformed() => new(GatewayError.MalformedProxyResponse);
}
