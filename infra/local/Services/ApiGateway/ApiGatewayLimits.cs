namespace Isobar.Local.Services.ApiGateway;

/// <summary>Every number of the service.</summary>
/// <remarks>Source, unless said otherwise: Amazon API Gateway Developer Guide, "Quotas for REST APIs".</remarks>
internal static class ApiGatewayLimits
{
    /// <summary>The largest request body, in bytes. Templates may write as much.</summary>
    public const int MaxPayloadBytes = 10_485_760;

    /// <summary>Regional APIs of an account in a Region.</summary>
    public const int MaxApis = 600;

    /// <summary>Resources (paths and their beginnings, the root too) of an API.</summary>
    public const int MaxResources = 300;

    public const int MaxAuthorizers = 10;

    public const int MaxStages = 10;

    /// <summary>Items that one #foreach goes over.</summary>
    public const int MaxForeachItems = 1_000;

    /// <summary>Turns of all loops while one template runs.</summary>
    /// <remarks>A limit of this host, so that nested loops can't keep a thread busy.</remarks>
    public const int MaxTurnsInTemplate = 100_000;

    /// <summary>How deep directives, or parentheses, may stand in each other.</summary>
    /// <remarks>A limit of this host: readers of templates are recursive.</remarks>
    public const int MaxTemplateDepth = 32;

    /// <summary>How deep a schema may refer into others while it checks one body.</summary>
    /// <remarks>A limit of this host, above the depth of JSON that is read.</remarks>
    public const int MaxSchemaDepth = 100;

    /// <summary>Answers of authorizers kept, of all APIs; the oldest goes first.</summary>
    /// <remarks>A limit of this host; AWS states no figure.</remarks>
    public const int MaxCachedAuthorizations = 10_000;

    /// <summary>Bytes of one authorizer's answer that are kept; a larger one is asked for again each time.</summary>
    /// <remarks>A limit of this host; AWS states 8 KB for a policy only.</remarks>
    public const int MaxCachedAuthorizationBytes = 16_384;

    public const int MaxAuthorizerTtlSeconds = 3_600;

    /// <remarks>Source: the same guide, x-amazon-apigateway-authorizer.</remarks>
    public const int DefaultAuthorizerTtlSeconds = 300;

    public const int MinIntegrationTimeoutMs = 50;

    /// <summary>The longest wait for an integration, and the usual one.</summary>
    public const int MaxIntegrationTimeoutMs = 29_000;

    /// <summary>The largest request to the control plane, in bytes; its reads have no bodies.</summary>
    public const int MaxControlRequestBytes = 1_024;
}
