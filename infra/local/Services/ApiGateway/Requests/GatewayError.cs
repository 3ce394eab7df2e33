namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>An answer that the gateway itself gives, which the API's gateway responses can change.</summary>
/// <param name="Type">The gateway response's type.</param>
/// <param name="ErrorType">The header <c>x-amzn-ErrorType</c>.</param>
/// <param name="Message">Null where AWS gives none.</param>
/// <remarks>
/// Source: API Gateway Developer Guide, "Gateway response types"; error types as recorded or reported.
/// </remarks>
internal sealed record GatewayError(string Type, int Status, string ErrorType, string? Message)
{
    public const string Default4xx = "DEFAULT_4XX";
    public const string Default5xx = "DEFAULT_5XX";
    public const string AccessDeniedType = "ACCESS_DENIED";

    private const string Internal = "InternalServerErrorException";
    private const string InternalMessage = "Internal server error";

    /// <summary>The types of gateway responses that an API can have.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        AccessDeniedType, "API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR", "AUTHORIZER_FAILURE",
        "BAD_REQUEST_BODY", "BAD_REQUEST_PARAMETERS", Default4xx, Default5xx, "EXPIRED_TOKEN", "INTEGRATION_FAILURE",
        "INTEGRATION_TIMEOUT", "INVALID_API_KEY", "INVALID_SIGNATURE", "MISSING_AUTHENTICATION_TOKEN", "QUOTA_EXCEEDED",
        "REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND", "THROTTLED", "UNAUTHORIZED", "UNSUPPORTED_MEDIA_TYPE",
        "WAF_FILTERED",
    ];

    public static readonly GatewayError NoRoute =
        new("MISSING_AUTHENTICATION_TOKEN", 403, "MissingAuthenticationTokenException", "Missing Authentication Token");

    public static readonly GatewayError Unauthorized =
        new("UNAUTHORIZED", 401, "UnauthorizedException", "Unauthorized");

    public static readonly GatewayError AccessDenied = new(
        AccessDeniedType, 403, "AccessDeniedException", "User is not authorized to access this resource");

    public static readonly GatewayError ExplicitlyDenied = AccessDenied with
    {
        Message = "User is not authorized to access this resource with an explicit deny in an identity-based policy",
    };

    public static readonly GatewayError AuthorizerMisconfigured =
        new("AUTHORIZER_CONFIGURATION_ERROR", 500, "AuthorizerConfigurationException", null);

    public static readonly GatewayError AuthorizerFailed =
        new("AUTHORIZER_FAILURE", 500, "AuthorizerFailureException", null);

    public static readonly GatewayError RequestTooLarge = new(
        "REQUEST_TOO_LARGE", 413, "RequestTooLargeException",
        $"HTTP content length exceeded {ApiGatewayLimits.MaxPayloadBytes} bytes.");

    /// <summary>The body is within the gateway's limit, but the function's event would be too large.</summary>
    public static readonly GatewayError EventTooLarge = RequestTooLarge with { Message = "Request Too Long" };

    public static readonly GatewayError UnsupportedMediaType =
        new("UNSUPPORTED_MEDIA_TYPE", 415, "BadRequestException", "Unsupported Media Type");

    /// <summary>The function failed, or its answer is no response.</summary>
    public static readonly GatewayError MalformedProxyResponse = new("DEFAULT_5XX", 502, Internal, InternalMessage);

    /// <summary>Lambda refused the invocation, or the definition does not fit what it answered.</summary>
    public static readonly GatewayError Misconfigured = new("API_CONFIGURATION_ERROR", 500, Internal, InternalMessage);

    public static readonly GatewayError TimedOut =
        new("INTEGRATION_TIMEOUT", 504, Internal, "Endpoint request timed out");

    /// <summary>The text of a validator, for <c>$context.error.validationErrorString</c>.</summary>
    public string? ValidationError { get; init; }

    /// <summary>The type whose response stands in for one that the API does not have.</summary>
    public string Fallback => Status < 500 ? Default4xx : Default5xx;

    /// <param name="names">Of the parameters that are missing.</param>
    public static GatewayError MissingParameters(IEnumerable<string> names) => new(
        "BAD_REQUEST_PARAMETERS", 400, "BadRequestException",
        $"Missing required request parameters: [{string.Join(", ", names)}]");

    /// <summary>A mapped payload that is not JSON: the client receives Lambda's text about it.</summary>
    /// <param name="message">It begins with <c>Could not parse request body into json</c>.</param>
    public static GatewayError UnreadablePayload(string message) =>
        new("BAD_REQUEST_BODY", 400, "BadRequestException", message);

    public static GatewayError InvalidBody(string why) =>
        new("BAD_REQUEST_BODY", 400, "BadRequestException", "Invalid request body") { ValidationError = $"[{why}]" };
}

/// <summary>Ends the request with the gateway's own answer.</summary>
internal sealed class GatewayException(GatewayError error, Exception? cause = null) : Exception(error.Message, cause)
{
    public GatewayError Error => error;
}
