namespace Isobar.Parameters.Sources;

/// <summary>Where a service is.</summary>
internal static class AwsAddress
{
    /// <summary>
    /// The service's own variable, then the one of all services, then the Region's address. The first two are
    /// ignored where <c>AWS_IGNORE_CONFIGURED_ENDPOINT_URLS</c> is true.
    /// </summary>
    /// <param name="host">The first part of the host name on AWS: <c>ssm</c>.</param>
    /// <param name="ownVariable">Such as <c>AWS_ENDPOINT_URL_SSM</c>.</param>
    /// <remarks>Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".</remarks>
    public static Uri Of(string host, string ownVariable, string region, Func<string, string?> variable)
    {
        var isIgnored = "true".Equals(
            variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), StringComparison.OrdinalIgnoreCase);
        var configured = isIgnored ? null
            : variable(ownVariable) is { Length: > 0 } own ? own : variable("AWS_ENDPOINT_URL");
        if (!string.IsNullOrEmpty(configured)) return new Uri(configured.TrimEnd('/') + "/");
        var suffix = region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
        return new Uri($"https://{host}.{region}.{suffix}/");
    }
}
