using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Requests;

/// <summary>Where an origin is on this machine.</summary>
/// <param name="Address">Of the object.</param>
/// <param name="SigningRegion">The Region of a bucket, whose requests name one; null for other origins.</param>
internal sealed record OriginAddress(Uri Address, string? SigningRegion)
{
    private const string ApiEnd = ".amazonaws.com";
    private const string ApiService = "execute-api";

    /// <param name="endpoint">The host's AWS endpoint; the distribution reaches nothing else.</param>
    /// <param name="request">What goes to the origin.</param>
    /// <exception cref="EdgeException">502: the origin is not at this host.</exception>
    public static OriginAddress Of(Uri endpoint, EventRequest request)
    {
        var uri = Escaped(request.Uri) + (request.Querystring.Length > 0 ? "?" + request.Querystring : "");
        return request.Origin! switch
        {
            { S3: { } s3 } when S3Name.Parse(s3.DomainName) is { } name => new OriginAddress(
                On(endpoint, $"/{name.Bucket}{s3.Path}{uri}"),
                s3.Region.Length > 0 ? s3.Region : name.Region ?? "us-east-1"),
            { Custom: { } custom } when ApiOf(custom.DomainName) is { } api =>
                new OriginAddress(On(endpoint, $"/_aws/{ApiService}/{api}{custom.Path}{uri}"), null),
            { Custom: { DomainName: "localhost" or "127.0.0.1", Protocol: "http" } custom }
                when custom.Port == endpoint.Port => new OriginAddress(On(endpoint, custom.Path + uri), null),
            var other => throw new EdgeException(502, CacheResult.Error,
                $"The origin {other.DomainName} is not at this host. The local distribution reaches buckets, APIs "
                + $"(<id>.{ApiService}.<region>{ApiEnd}) and localhost:{endpoint.Port}, which this host serves."),
        };
    }

    private static string? ApiOf(string domain) =>
        domain.EndsWith(ApiEnd, StringComparison.Ordinal)
        && domain[..^ApiEnd.Length].Split('.') is [{ Length: > 0 } api, ApiService, { Length: > 0 }]
        && api.All(char.IsAsciiLetterOrDigit)
            ? api
            : null;

    private static string Escaped(string path) =>
        path.Replace("?", "%3F", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal);

    // Without canonicalization, which would resolve "/.." and leave the bucket.
    private static Uri On(Uri endpoint, string path) => new(
        endpoint.GetLeftPart(UriPartial.Authority) + path,
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
