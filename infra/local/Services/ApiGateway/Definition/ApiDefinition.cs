using System.Text.RegularExpressions;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>An API as its OpenAPI document defines it.</summary>
/// <param name="GatewayResponses">By type: <c>UNAUTHORIZED</c>, <c>DEFAULT_4XX</c>.</param>
/// <param name="BinaryMediaTypes">Media types, or <c>*/*</c>.</param>
internal sealed record ApiDefinition(
    IReadOnlyList<ApiMethod> Methods,
    IReadOnlyDictionary<string, GatewayResponse> GatewayResponses,
    IReadOnlyList<string> BinaryMediaTypes);

/// <param name="ResourcePath">As written: <c>/jobs/{id}</c>.</param>
/// <param name="HttpMethod">In capitals; <c>ANY</c> for every method that has none of its own.</param>
internal sealed record ApiMethod(string ResourcePath, string HttpMethod, Integration Integration)
{
    public const string Any = "ANY";

    /// <summary>Parameters that must be present, where a validator says so.</summary>
    public IReadOnlyList<RequiredParameter> RequiredParameters { get; init; } = [];

    /// <summary>What bodies must look like, by media type, where a validator says so.</summary>
    public IReadOnlyDictionary<string, JsonSchema> Models { get; init; } = new Dictionary<string, JsonSchema>();

    public Authorizer? Authorizer { get; init; }
}

/// <param name="Location"><c>path</c>, <c>querystring</c> or <c>header</c>.</param>
internal sealed record RequiredParameter(string Location, string Name);

/// <param name="IsToken">Whether it is given one token, not the request.</param>
/// <param name="IdentitySources">What must be present, and what answers are kept by.</param>
/// <param name="Validation">What a token must match, whole; null when any may come.</param>
/// <param name="TimeToLive">Zero to 1 hour; zero keeps nothing.</param>
internal sealed record Authorizer(
    string Name, bool IsToken, Arn Function, IReadOnlyList<ParameterSource> IdentitySources, Regex? Validation,
    TimeSpan TimeToLive);

/// <summary>What answers a method.</summary>
internal abstract record Integration;

/// <summary>A function that is given the request, and gives the response.</summary>
internal sealed record ProxyIntegration(Arn Function, TimeSpan Timeout) : Integration;

/// <summary>An integration with mapping templates.</summary>
internal abstract record MappedIntegration(
    IReadOnlyDictionary<string, MappingTemplate> RequestTemplates, Passthrough Passthrough,
    IReadOnlyList<IntegrationResponse> Responses) : Integration;

/// <param name="InvocationType"><c>RequestResponse</c> or <c>Event</c>; null for the former.</param>
internal sealed record LambdaIntegration(
    Arn Function, TimeSpan Timeout, ParameterSource? InvocationType,
    IReadOnlyDictionary<string, MappingTemplate> RequestTemplates, Passthrough Passthrough,
    IReadOnlyList<IntegrationResponse> Responses) : MappedIntegration(RequestTemplates, Passthrough, Responses);

/// <summary>No function: the request's template names the status.</summary>
internal sealed record MockIntegration(
    IReadOnlyDictionary<string, MappingTemplate> RequestTemplates, Passthrough Passthrough,
    IReadOnlyList<IntegrationResponse> Responses) : MappedIntegration(RequestTemplates, Passthrough, Responses);

/// <summary>When a request without a template goes to the integration as it is.</summary>
internal enum Passthrough
{
    WhenNoMatch,
    WhenNoTemplates,
    Never,
}

/// <param name="Selection">
/// What an error's message, or a mock's status, must match, whole; null for the default.
/// </param>
internal sealed record IntegrationResponse(
    Regex? Selection, int StatusCode, IReadOnlyList<MappedHeader> Headers,
    IReadOnlyDictionary<string, MappingTemplate> Templates);

internal sealed record MappedHeader(string Name, ParameterSource Source);

/// <summary>What the gateway itself answers with.</summary>
/// <param name="StatusCode">Null to keep the usual one.</param>
internal sealed record GatewayResponse(
    int? StatusCode, IReadOnlyList<MappedHeader> Headers, IReadOnlyDictionary<string, MappingTemplate> Templates);
