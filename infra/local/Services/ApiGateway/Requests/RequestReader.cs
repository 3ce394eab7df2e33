using System.Globalization;
using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>One request's ids.</summary>
/// <param name="RequestId">What <c>x-amzn-RequestId</c> shows: a UUID, or what the caller sent by that name.</param>
/// <param name="Extended">What <c>x-amz-apigw-id</c> shows: 11 random bytes in base64url, never the caller's.</param>
/// <param name="TraceRoot">Of the X-Ray trace, where the caller brings none: 24 hexadecimal digits.</param>
/// <remarks>Source: API Gateway Developer Guide, "Variables for data transformations": clients can override the request
/// id, not the extended one. The guide does not name the header; this is the one that is reported.</remarks>
internal sealed record RequestIds(string RequestId, string Extended, string TraceRoot)
{
    public const string Header = "x-amzn-RequestId";

    private const int MaxLength = 128;

    /// <param name="sent">The caller's header; one that is empty, too long or no plain token is passed over.</param>
    public static RequestIds New(Identifiers identifiers, string sent) => new(
        sent.Length is > 0 and <= MaxLength && sent.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? sent
            : identifiers.NewGuid().ToString(),
        // The alphabet is that of base64url, so that the id can stand in a path; the padding stays.
        Convert.ToBase64String(Convert.FromHexString(identifiers.NewHex(11))).Replace('+', '-').Replace('/', '_'),
        identifiers.NewHex(12));
}

/// <summary>Makes a request of what came over HTTP.</summary>
internal static class RequestReader
{
    /// <summary>Headers of the connection, not of the request (recorded: functions do not see them).</summary>
    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Content-Length", "Content-MD5", "Expect", "Max-Forwards", "Proxy-Authenticate", "Server", "TE",
        "Trailer", "Transfer-Encoding", "Upgrade", "WWW-Authenticate",
    };

    /// <summary>The request as far as it is known before its body is read.</summary>
    /// <param name="method">Null when the API has none for it.</param>
    public static GatewayRequest Read(
        HttpContext http, RequestTarget target, StageView stage, ApiMethod? method,
        IReadOnlyDictionary<string, string> pathParameters, RequestIds ids, DateTimeOffset now)
    {
        var source = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var traceId = http.Request.Headers["X-Amzn-Trace-Id"].ToString() is { Length: > 0 } sent
            ? sent
            : string.Create(CultureInfo.InvariantCulture,
                $"Root=1-{now.ToUnixTimeSeconds():x8}-{ids.TraceRoot}");
        var headers = http.Request.Headers
            .Where(header => !Hidden.Contains(header.Key) && header.Key != "X-Amzn-Trace-Id")
            .SelectMany(header => header.Value.Select(
                value => KeyValuePair.Create(header.Key, HeaderText.Decode(value ?? ""))))
            .Append(KeyValuePair.Create("X-Amzn-Trace-Id", traceId))
            .Append(KeyValuePair.Create("X-Forwarded-For", source))
            .Append(KeyValuePair.Create("X-Forwarded-Port", $"{http.Connection.LocalPort}"))
            .Append(KeyValuePair.Create("X-Forwarded-Proto", http.Request.Scheme));
        return new GatewayRequest(
            stage, method ?? new ApiMethod("", "", new ProxyIntegration(new Arn("", "", "", "", ""), default)),
            http.Request.Method, target.Path, NamedValues.Group(headers, StringComparer.OrdinalIgnoreCase),
            target.Query, pathParameters, default, Context(http, target, stage, method, ids, now, source))
        {
            TraceId = traceId,
        };
    }

    /// <exception cref="GatewayException">REQUEST_TOO_LARGE.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength > ApiGatewayLimits.MaxPayloadBytes)
            throw new GatewayException(GatewayError.RequestTooLarge);
        using var body = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        var buffer = new byte[64 * 1_024];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is var read and > 0)
        {
            if (body.Length + read > ApiGatewayLimits.MaxPayloadBytes)
                throw new GatewayException(GatewayError.RequestTooLarge);
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static JsonObject Context(
        HttpContext http, RequestTarget target, StageView stage, ApiMethod? method, RequestIds ids, DateTimeOffset now,
        string source)
    {
        var context = new JsonObject
        {
            ["accountId"] = stage.AccountId,
            ["apiId"] = stage.ApiId,
            ["deploymentId"] = stage.DeploymentId,
            ["domainName"] = http.Request.Host.Value ?? "",
            ["domainPrefix"] = stage.ApiId,
            ["extendedRequestId"] = ids.Extended,
            ["httpMethod"] = http.Request.Method,
            ["identity"] = Identity(source, HeaderText.Decode(http.Request.Headers.UserAgent.ToString())),
            ["path"] = target.FullPath,
            ["protocol"] = http.Request.Protocol,
            ["requestId"] = ids.RequestId,
            ["requestTime"] = now.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture),
            ["requestTimeEpoch"] = now.ToUnixTimeMilliseconds(),
            ["stage"] = stage.Name,
        };
        if (method is null) return context;
        context["resourceId"] = stage.ResourceId(method.ResourcePath);
        context["resourcePath"] = method.ResourcePath;
        return context;
    }

    private static JsonObject Identity(string source, string userAgent)
    {
        var identity = new JsonObject();
        foreach (var name in (string[])
            [
                "accessKey", "accountId", "caller", "cognitoAuthenticationProvider", "cognitoAuthenticationType",
                "cognitoIdentityId", "cognitoIdentityPoolId", "principalOrgId",
            ]) identity[name] = null;
        identity["sourceIp"] = source;
        identity["user"] = null;
        identity["userAgent"] = userAgent.Length > 0 ? userAgent : null;
        identity["userArn"] = null;
        return identity;
    }
}
