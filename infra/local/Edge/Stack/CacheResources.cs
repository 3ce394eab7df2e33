using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>Policies of caching, of requests to origins and of answers, and origin access controls.</summary>
/// <remarks>
/// Source: AWS CloudFormation Template Reference, AWS::CloudFront::CachePolicy, OriginRequestPolicy,
/// ResponseHeadersPolicy, OriginAccessControl.
/// </remarks>
internal sealed class CacheResources(EdgeStack stack) : IResourceProvider
{
    private const string CacheType = "AWS::CloudFront::CachePolicy";
    private const string OriginRequestType = "AWS::CloudFront::OriginRequestPolicy";
    private const string ResponseHeadersType = "AWS::CloudFront::ResponseHeadersPolicy";
    private const string AccessControlType = "AWS::CloudFront::OriginAccessControl";

    public IReadOnlyCollection<string> ResourceTypes { get; } =
        [CacheType, OriginRequestType, ResponseHeadersType, AccessControlType];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var id = PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64);
        var properties = declaration.Properties;
        switch (declaration.Type)
        {
            case CacheType:
                stack.CachePolicies[id] = PolicyReader.Cache(properties.RequiredMap("CachePolicyConfig"));
                break;
            case OriginRequestType:
                stack.OriginRequestPolicies[id] =
                    PolicyReader.OriginRequest(properties.RequiredMap("OriginRequestPolicyConfig"));
                break;
            case ResponseHeadersType:
                stack.ResponseHeadersPolicies[id] =
                    ResponseHeadersReader.Read(properties.RequiredMap("ResponseHeadersPolicyConfig"));
                break;
            default:
                AccessControl(declaration);
                break;
        }

        properties.Finish();
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, declaration.Type, id, id, new Dictionary<string, string> { ["Id"] = id }));
    }

    private static void AccessControl(ResourceDeclaration declaration)
    {
        var config = declaration.Properties.RequiredMap("OriginAccessControlConfig");
        config.RequiredString("Name");
        config.OptionalString("Description");
        config.RequiredString("OriginAccessControlOriginType", "s3");
        config.RequiredString("SigningBehavior", "always");
        config.RequiredString("SigningProtocol", "sigv4");
        declaration.Properties.InertResource(declaration.Location, [], "permissions are not enforced");
    }
}
