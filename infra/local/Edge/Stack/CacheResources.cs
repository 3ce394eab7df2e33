using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>Cache policies, and origin access controls.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudFront::CachePolicy, OriginAccessControl.</remarks>
internal sealed class CacheResources(EdgeStack stack) : IResourceProvider
{
    private const string PolicyType = "AWS::CloudFront::CachePolicy";
    private const string AccessControlType = "AWS::CloudFront::OriginAccessControl";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [PolicyType, AccessControlType];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) => ValueTask.FromResult(
        declaration.Type == PolicyType ? Policy(declaration) : AccessControl(declaration));

    private DeployedResource Policy(ResourceDeclaration declaration)
    {
        var config = declaration.Properties.RequiredMap("CachePolicyConfig");
        config.RequiredString("Name");
        config.Inert("Comment", "nothing here shows it");
        var times = new TimeToLive(Seconds(config, "MinTTL"), Seconds(config, "DefaultTTL"), Seconds(config, "MaxTTL"));
        if (times.Default < times.Minimum || times.Maximum < times.Default)
            config.Refuse("DefaultTTL", "must be from MinTTL to MaxTTL");
        var key = config.RequiredMap("ParametersInCacheKeyAndForwardedToOrigin");
        // The key of the local cache is the URI alone.
        key.RequiredMap("CookiesConfig").RequiredString("CookieBehavior", "none");
        key.RequiredMap("HeadersConfig").RequiredString("HeaderBehavior", "none");
        key.RequiredMap("QueryStringsConfig").RequiredString("QueryStringBehavior", "none");
        key.Inert("EnableAcceptEncodingGzip", "nothing is compressed here");
        key.Inert("EnableAcceptEncodingBrotli", "nothing is compressed here");
        declaration.Properties.Finish();

        var id = PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64);
        stack.CachePolicies[id] = times;
        return new DeployedResource(
            declaration.LogicalId, declaration.Type, id, id, new Dictionary<string, string> { ["Id"] = id });
    }

    private static DeployedResource AccessControl(ResourceDeclaration declaration)
    {
        var config = declaration.Properties.RequiredMap("OriginAccessControlConfig");
        config.RequiredString("Name");
        config.OptionalString("Description");
        config.RequiredString("OriginAccessControlOriginType", "s3");
        config.RequiredString("SigningBehavior", "always");
        config.RequiredString("SigningProtocol", "sigv4");
        declaration.Properties.InertResource(declaration.Location, [], "permissions are not enforced");
        declaration.Properties.Finish();
        var id = PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64);
        return new DeployedResource(
            declaration.LogicalId, declaration.Type, id, id, new Dictionary<string, string> { ["Id"] = id });
    }

    private static TimeSpan Seconds(PropertyReader config, string name) =>
        TimeSpan.FromSeconds(config.RequiredInt32(name, 0, int.MaxValue));
}
