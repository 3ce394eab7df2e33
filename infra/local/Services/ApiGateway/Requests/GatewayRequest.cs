using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>A name and its values, in the order they came.</summary>
internal sealed record NamedValues(string Name, IReadOnlyList<string> Values)
{
    public static IReadOnlyList<NamedValues> Group(
        IEnumerable<KeyValuePair<string, string>> pairs, StringComparer comparer) =>
        [.. pairs.GroupBy(pair => pair.Key, pair => pair.Value, comparer)
            .Select(group => new NamedValues(group.Key, [.. group]))];
}

/// <summary>A request that has found its method.</summary>
/// <param name="Path">Without the stage, as sent: not decoded, a slash at its end kept.</param>
/// <param name="Context">What templates see as <c>$context</c> and functions as <c>requestContext</c>.</param>
internal sealed record GatewayRequest(
    StageView Stage, ApiMethod Method, string HttpMethod, string Path, IReadOnlyList<NamedValues> Headers,
    IReadOnlyList<NamedValues> Query, IReadOnlyDictionary<string, string> PathParameters, ReadOnlyMemory<byte> Body,
    JsonObject Context) : IRequestParameters
{
    public required string TraceId { get; init; }

    /// <summary>On whose behalf the method's function is called.</summary>
    /// <remarks>Source: Amazon API Gateway Developer Guide, "ARN format of permissions for executing API".</remarks>
    public DeliverySource Source => new("apigateway.amazonaws.com",
        $"arn:{Stage.Partition}:execute-api:{Stage.Region}:{Stage.AccountId}:{Stage.ApiId}/{Stage.Name}/{HttpMethod}"
        + Method.ResourcePath, Stage.AccountId);

    /// <summary>The Content-Type without parameters; <c>application/json</c> when there is none.</summary>
    public string MediaType => BareMediaType(Find("header", "Content-Type"));

    /// <summary>The first media type of the Accept header.</summary>
    public string Accepts => BareMediaType(Find("header", "Accept")?.Split(',')[0]);

    /// <summary>Bytes that are no UTF-8 become U+FFFD.</summary>
    public string Text => Encoding.UTF8.GetString(Body.Span);

    public string? Find(string location, string name) => location switch
    {
        "path" => PathParameters.GetValueOrDefault(name),
        "querystring" => Last(Query, name, StringComparison.Ordinal),
        _ => Last(Headers, name, StringComparison.OrdinalIgnoreCase),
    };

    public JsonObject All(string location) => location switch
    {
        "path" => new JsonObject(PathParameters.Select(
            entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        "querystring" => LastValues(Query),
        _ => LastValues(Headers),
    };

    public TemplateScope Scope(string body) => new(Context, Stage.Variables, this, body);

    public bool IsBinary(string mediaType) =>
        Stage.Definition.BinaryMediaTypes.Any(binary =>
            binary == "*/*" || binary.Equals(mediaType, StringComparison.OrdinalIgnoreCase));

    private static JsonObject LastValues(IReadOnlyList<NamedValues> all) =>
        new(all.Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Values[^1])));

    private static string? Last(IReadOnlyList<NamedValues> all, string name, StringComparison comparison) =>
        all.FirstOrDefault(entry => entry.Name.Equals(name, comparison))?.Values[^1];

    private static string BareMediaType(string? header) =>
        header?.Split(';')[0].Trim() is { Length: > 0 } mediaType ? mediaType : "application/json";
}
