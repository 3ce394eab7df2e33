using System.Collections.Frozen;
using Isobar.Local.Deployment;
using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Stack;

/// <summary>Reads an origin: a bucket, or a server of its own.</summary>
/// <remarks>
/// Source: AWS CloudFormation Template Reference, AWS::CloudFront::Distribution Origin, for defaults and ranges.
/// </remarks>
internal static class OriginReader
{
    private const string PathRule = "must be empty, or begin with a slash and not end with one";
    private const int DefaultReadSeconds = 30;
    private const int DefaultKeepaliveSeconds = 5;
    private const int MaxSeconds = 120;

    private static readonly FrozenSet<string> Protocols =
        FrozenSet.Create(StringComparer.Ordinal, "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2");

    public static OriginSettings Read(PropertyReader origin)
    {
        var domain = origin.RequiredString("DomainName");
        var path = origin.OptionalString("OriginPath") ?? "";
        if (path.Length > 0 && (path[0] != '/' || path[^1] == '/')) origin.Refuse("OriginPath", PathRule);
        var headers = CustomHeaders(origin);
        var accessControl = origin.OptionalString("OriginAccessControlId") ?? "";
        origin.Inert("OriginAccessControlId", "permissions are not enforced");
        var (s3, custom) = (origin.OptionalMap("S3OriginConfig"), origin.OptionalMap("CustomOriginConfig"));
        if (s3 is null == custom is null)
            origin.Refuse("S3OriginConfig", "or CustomOriginConfig must be there, and not both");
        if (custom is not null)
        {
            var ports = PortsOf(custom);
            return new OriginSettings(
                origin.RequiredString("Id"), new EventOrigin(Custom(custom, ports, domain, path, headers), null))
            {
                Ports = ports,
            };
        }

        s3?.RequiredString("OriginAccessIdentity", "");
        if (S3Name.Parse(domain) is not { Region: { } region })
        {
            origin.Refuse("DomainName", $"must be a bucket's regional domain name, not {domain}");
            region = "";
        }

        // The distribution signs for an access control; "none" is what an event says without an access identity.
        return new OriginSettings(
            origin.RequiredString("Id"),
            new EventOrigin(null, new S3Origin("none", headers, domain, path, region)))
        {
            AccessControlId = accessControl,
        };
    }

    private static OriginPorts PortsOf(PropertyReader config) => new(
        config.OptionalInt32("HTTPPort", 80, 65_535) ?? 80,
        config.OptionalInt32("HTTPSPort", 80, 65_535) ?? 443,
        config.RequiredString("OriginProtocolPolicy", "http-only", "https-only", "match-viewer"));

    private static CustomOrigin Custom(
        PropertyReader config, OriginPorts ports, string domain, string path, HeaderMap headers)
    {
        var protocol = ports.ProtocolPolicy == "https-only" ? "https" : "http";
        var protocols = config.OptionalStringList("OriginSSLProtocols") ?? ["TLSv1", "TLSv1.1", "TLSv1.2"];
        if (!protocols.All(Protocols.Contains))
            config.Refuse("OriginSSLProtocols", $"must be of {string.Join(", ", Protocols.Order())}");
        return new CustomOrigin(
            headers, domain, config.OptionalInt32("OriginKeepaliveTimeout", 1, MaxSeconds) ?? DefaultKeepaliveSeconds,
            path, protocol == "https" ? ports.Https : ports.Http, protocol,
            config.OptionalInt32("OriginReadTimeout", 1, MaxSeconds) ?? DefaultReadSeconds, protocols);
    }

    private static HeaderMap CustomHeaders(PropertyReader origin)
    {
        var headers = new HeaderMap();
        foreach (var header in origin.OptionalList("OriginCustomHeaders") ?? [])
        {
            var name = header.RequiredString("HeaderName");
            if (HeaderRules.IsDisallowed(name.ToLowerInvariant())
                || HeaderRules.IsReservedForOrigins(name.ToLowerInvariant()))
                header.Refuse("HeaderName", $"can't be {name}");
            headers.Add(name, header.RequiredString("HeaderValue"));
        }

        return headers;
    }
}
