using System.Collections.Frozen;
using Isobar.Local.Deployment;
using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Stack;

/// <summary>Reads response headers policies of a template, and knows the managed ones.</summary>
/// <remarks>
/// Source: AWS CloudFormation Template Reference, AWS::CloudFront::ResponseHeadersPolicy; Amazon CloudFront Developer
/// Guide, "Use managed response headers policies".
/// </remarks>
internal static class ResponseHeadersReader
{
    private const int TwoYears = 63_072_000;

    private static readonly string[] AllMethods = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"];

    private static readonly PolicyHeader[] Security =
    [
        new("X-XSS-Protection", "1; mode=block", false), new("X-Frame-Options", "SAMEORIGIN", false),
        new("Referrer-Policy", "strict-origin-when-cross-origin", false),
        new("X-Content-Type-Options", "nosniff", true),
        new("Strict-Transport-Security", "max-age=31536000", false),
    ];

    private static readonly CorsPolicy Simple = new(["*"], [], [], [], null, false, false);

    private static readonly CorsPolicy Preflight = new(["*"], AllMethods, [], ["*"], null, false, false);

    public static IReadOnlyDictionary<string, ResponseHeadersPolicy> Managed { get; } =
        new Dictionary<string, ResponseHeadersPolicy>
        {
            // SimpleCORS
            ["60669652-455b-4ae9-85a4-c4c02393f86c"] = Policy([], Simple),
            // CORS-With-Preflight
            ["5cc3b908-e619-4b99-88e5-2cf7f45965bd"] = Policy([], Preflight),
            // SecurityHeadersPolicy
            ["67f7725c-6f97-4210-82d7-5512b31e9d03"] = Policy(Security, null),
            // CORS-and-SecurityHeadersPolicy
            ["e61eb60c-9c35-4d20-a928-2b84e02af89c"] = Policy(Security, Simple),
            // CORS-with-preflight-and-SecurityHeadersPolicy
            ["eaab4381-ed33-4a86-88ca-d9558dc6cd63"] = Policy(Security, Preflight),
        };

    /// <param name="config"><c>ResponseHeadersPolicyConfig</c>.</param>
    public static ResponseHeadersPolicy Read(PropertyReader config)
    {
        config.RequiredString("Name");
        config.Inert("Comment", "nothing here shows it");
        var added = new List<PolicyHeader>();
        if (config.OptionalMap("SecurityHeadersConfig") is { } security) added.AddRange(SecurityHeaders(security));
        foreach (var header in config.OptionalMap("CustomHeadersConfig")?.RequiredList("Items") ?? [])
        {
            added.Add(new PolicyHeader(
                header.RequiredString("Header"), header.RequiredString("Value"), RequiredBoolean(header, "Override")));
            if (HeaderRules.IsDisallowed(added[^1].Name)) header.Refuse("Header", $"can't be {added[^1].Key}");
        }

        var removed = (config.OptionalMap("RemoveHeadersConfig")?.RequiredList("Items") ?? [])
            .Select(header => header.RequiredString("Header").ToLowerInvariant());
        return new ResponseHeadersPolicy(
            added, removed.ToFrozenSet(StringComparer.Ordinal), Cors(config.OptionalMap("CorsConfig")));
    }

    private static IEnumerable<PolicyHeader> SecurityHeaders(PropertyReader config)
    {
        if (config.OptionalMap("ContentSecurityPolicy") is { } content)
            yield return Header(content, "Content-Security-Policy", content.RequiredString("ContentSecurityPolicy"));
        if (config.OptionalMap("ContentTypeOptions") is { } type)
            yield return Header(type, "X-Content-Type-Options", "nosniff");
        if (config.OptionalMap("FrameOptions") is { } frame)
            yield return Header(frame, "X-Frame-Options", frame.RequiredString("FrameOption", "DENY", "SAMEORIGIN"));
        if (config.OptionalMap("ReferrerPolicy") is { } referrer)
            yield return Header(referrer, "Referrer-Policy", referrer.RequiredString("ReferrerPolicy"));
        if (config.OptionalMap("StrictTransportSecurity") is { } transport)
            yield return Header(
                transport, "Strict-Transport-Security",
                $"max-age={transport.RequiredInt32("AccessControlMaxAgeSec", 0, TwoYears)}"
                    + (transport.OptionalBoolean("IncludeSubdomains") == true ? "; includeSubDomains" : "")
                    + (transport.OptionalBoolean("Preload") == true ? "; preload" : ""));
        if (config.OptionalMap("XSSProtection") is { } script)
            yield return Header(script, "X-XSS-Protection", RequiredBoolean(script, "Protection")
                ? (script.OptionalBoolean("ModeBlock"), script.OptionalString("ReportUri")) switch
                {
                    (true, _) => "1; mode=block",
                    (_, { } report) => $"1; report={report}",
                    _ => "1",
                }
                : "0");
    }

    private static CorsPolicy? Cors(PropertyReader? config)
    {
        if (config is null) return null;
        var methods = Items("AccessControlAllowMethods");
        return new CorsPolicy(
            Items("AccessControlAllowOrigins"), methods is ["ALL"] ? AllMethods : methods,
            Items("AccessControlAllowHeaders"),
            config.OptionalMap("AccessControlExposeHeaders")?.OptionalStringList("Items") ?? [],
            config.OptionalInt32("AccessControlMaxAgeSec", 0, int.MaxValue),
            RequiredBoolean(config, "AccessControlAllowCredentials"), RequiredBoolean(config, "OriginOverride"));

        IReadOnlyList<string> Items(string name) => config.RequiredMap(name).OptionalStringList("Items") ?? [];
    }

    private static PolicyHeader Header(PropertyReader owner, string key, string value) =>
        new(key, value, RequiredBoolean(owner, "Override"));

    private static bool RequiredBoolean(PropertyReader owner, string name)
    {
        if (!owner.Has(name)) owner.Refuse(name, "is required");
        return owner.OptionalBoolean(name) ?? false;
    }

    private static ResponseHeadersPolicy Policy(PolicyHeader[] added, CorsPolicy? cors) =>
        new(added, FrozenSet<string>.Empty, cors);
}
