using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>The distribution: one origin that is a bucket, and one behavior for every path.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudFront::Distribution.</remarks>
internal sealed class DistributionResource(EdgeStack stack) : IResourceProvider
{
    private const string OriginEnd = ".amazonaws.com";
    private const string OriginPathRule = "must be empty, or begin with a slash and not end with one";

    public IReadOnlyCollection<string> ResourceTypes { get; } = ["AWS::CloudFront::Distribution"];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var config = declaration.Properties.RequiredMap("DistributionConfig");
        if (stack.Distribution is not null) config.Refuse("Enabled", "is of a second distribution; one is served here");
        if (config.OptionalBoolean("Enabled") != true) config.Refuse("Enabled", "must be true");
        var id = "E" + Letters(declaration, 13);
        var domain = "d" + Letters(declaration, 13).ToLowerInvariant() + ".cloudfront.net";
        var (originId, bucket, region, path) = Origin(config);
        var (methods, times, functions) = Behavior(config, originId);
        stack.Distribution = new DistributionSettings(
            id, domain, config.OptionalString("DefaultRootObject") ?? "", bucket, region, path, methods, times,
            functions);
        foreach (var name in (string[])["Comment", "PriceClass", "HttpVersion", "IPV6Enabled"])
            config.Inert(name, "there is one location, 127.0.0.1, which speaks HTTP/1.1");
        declaration.Properties.Finish();
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, declaration.Type, id, id,
            new Dictionary<string, string> { ["DomainName"] = domain, ["Id"] = id }));
    }

    private static (string Id, string Bucket, string Region, string Path) Origin(PropertyReader config)
    {
        var origins = config.RequiredList("Origins");
        if (origins is not [var origin])
        {
            config.Refuse("Origins", "must be one; origin groups and a second origin are not built");
            return ("", "", "", "");
        }

        var domain = origin.RequiredString("DomainName");
        var parts = domain.EndsWith(OriginEnd, StringComparison.Ordinal)
            ? domain[..^OriginEnd.Length].Split(".s3.", 2)
            : [];
        if (parts is not [{ Length: > 0 }, { Length: > 0 }])
            origin.Refuse("DomainName", $"must be a bucket's regional domain name, not {domain}");
        var path = origin.OptionalString("OriginPath") ?? "";
        if (path.Length > 0 && (path[0] != '/' || path[^1] == '/')) origin.Refuse("OriginPath", OriginPathRule);
        origin.Inert("OriginAccessControlId", "permissions are not enforced");
        origin.RequiredMap("S3OriginConfig").RequiredString("OriginAccessIdentity", "");
        return (origin.RequiredString("Id"), parts.FirstOrDefault(""), parts.LastOrDefault(""), path);
    }

    private (IReadOnlyList<string> Methods, TimeToLive Times, IReadOnlyDictionary<string, EdgeFunction> Functions)
        Behavior(PropertyReader config, string originId)
    {
        var behavior = config.RequiredMap("DefaultCacheBehavior");
        behavior.RequiredString("TargetOriginId", originId);
        var policy = behavior.RequiredString("CachePolicyId");
        if (!stack.CachePolicies.TryGetValue(policy, out var times))
            behavior.Refuse("CachePolicyId", $"must be a policy of this template, not {policy}");
        var methods = Methods(behavior, "AllowedMethods");
        if (!Methods(behavior, "CachedMethods").All(methods.Contains))
            behavior.Refuse("CachedMethods", "must be among the allowed methods");
        behavior.RequiredString("ViewerProtocolPolicy", "allow-all", "redirect-to-https", "https-only");
        behavior.Inert("ViewerProtocolPolicy", "the local distribution speaks HTTP without TLS");
        behavior.Inert("Compress", "nothing is compressed here");
        var functions = new Dictionary<string, EdgeFunction>(StringComparer.Ordinal);
        foreach (var association in behavior.OptionalList("LambdaFunctionAssociations") ?? [])
            Associate(association, functions);
        return (methods, times ?? new TimeToLive(default, default, default), functions);
    }

    private static IReadOnlyList<string> Methods(PropertyReader behavior, string name)
    {
        var methods = behavior.OptionalStringList(name) ?? ["GET", "HEAD"];
        if (methods.Count != 2 || !methods.Contains("GET") || !methods.Contains("HEAD"))
            behavior.Refuse(name, "must be GET and HEAD; no other method is built");
        return methods;
    }

    private void Associate(PropertyReader association, Dictionary<string, EdgeFunction> functions)
    {
        var type = association.RequiredString("EventType", "viewer-request", "viewer-response");
        var arn = association.RequiredString("LambdaFunctionARN");
        if (association.OptionalBoolean("IncludeBody") == true)
            association.Refuse("IncludeBody", "must be false: no method with a body is built");
        if (!stack.Versions.TryGetValue(arn, out var function))
            association.Refuse("LambdaFunctionARN",
                $"must be a version of a function of this template; no alias and no $LATEST: {arn}");
        else if (!functions.TryAdd(type, function))
            association.Refuse("EventType", $"{type} is associated twice");
    }

    private static string Letters(ResourceDeclaration declaration, int count) =>
        (PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64)[^12..] + "0")[..count];
}
