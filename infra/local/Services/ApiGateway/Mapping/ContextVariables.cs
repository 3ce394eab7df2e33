using System.Text.Json.Nodes;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>
/// The names of <c>$context</c>. Those of callers that can't be here, as by certificate, have no value.
/// </summary>
/// <remarks>Source: API Gateway Developer Guide, "Variables for data transformations".</remarks>
internal static class ContextVariables
{
    private static readonly string[] Names =
    [
        "accountId", "apiId", "deploymentId", "domainName", "domainPrefix", "extendedRequestId", "httpMethod", "path",
        "protocol", "requestId", "requestTime", "requestTimeEpoch", "resourceId", "resourcePath", "stage",
        "identity.accessKey", "identity.accountId", "identity.apiKey", "identity.apiKeyId", "identity.caller",
        "identity.clientCert.clientCertPem", "identity.clientCert.issuerDN", "identity.clientCert.serialNumber",
        "identity.clientCert.subjectDN", "identity.clientCert.validity.notAfter",
        "identity.clientCert.validity.notBefore", "identity.cognitoAuthenticationProvider",
        "identity.cognitoAuthenticationType", "identity.cognitoIdentityId", "identity.cognitoIdentityPoolId",
        "identity.principalOrgId", "identity.sourceIp", "identity.user", "identity.userAgent", "identity.userArn",
        "identity.vpcId", "identity.vpceId", "error.message", "error.messageString", "error.responseType",
        "error.validationErrorString",
    ];

    public static string Supported => $"supported are {string.Join(", ", Names)} and authorizer.<name>";

    /// <summary>An authorizer chooses the names in its context.</summary>
    public static bool Knows(IReadOnlyList<string> path) =>
        path is ["authorizer", _] || Names.Contains(string.Join('.', path));

    public static JsonNode? Find(JsonObject context, IReadOnlyList<string> path)
    {
        JsonNode? found = context;
        foreach (var name in path) found = (found as JsonObject)?[name];
        return found;
    }
}
