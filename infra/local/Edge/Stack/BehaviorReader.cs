using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>Reads a cache behavior.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudFront::Distribution CacheBehavior.</remarks>
internal sealed class BehaviorReader(EdgeStack stack, FunctionLimits limits)
{
    private static readonly string[] Reading = ["GET", "HEAD"];
    private static readonly string[] WithOptions = ["GET", "HEAD", "OPTIONS"];
    private static readonly string[] Writing = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

    private readonly AssociationReader associations = new(stack, limits);

    /// <param name="origins">By id.</param>
    /// <returns>Null when its origin is none of these; that is an error already.</returns>
    public BehaviorSettings? Read(
        PropertyReader behavior, IReadOnlyDictionary<string, OriginSettings> origins, bool isDefault)
    {
        var pattern = isDefault ? PathPattern.Any : new PathPattern(behavior.RequiredString("PathPattern"));
        if (!PathPattern.IsValid(pattern.ToString()))
            behavior.Refuse("PathPattern", $"has characters that a pattern can't have, or too many: {pattern}");
        var allowed = Methods(behavior, "AllowedMethods", Reading, WithOptions, Writing);
        var cached = Methods(behavior, "CachedMethods", Reading, WithOptions);
        if (!cached.All(allowed.Contains)) behavior.Refuse("CachedMethods", "must be among the allowed methods");
        var protocol = behavior.RequiredString("ViewerProtocolPolicy", "allow-all", "redirect-to-https", "https-only");
        behavior.Inert("ViewerProtocolPolicy", "the local distribution speaks HTTP without TLS");
        var cache = CachePolicyOf(behavior);
        var forwarding = ForwardingOf(behavior);
        var headers = ResponseHeadersOf(behavior);
        var compress = behavior.OptionalBoolean("Compress") ?? false;
        var functions = associations.Read(behavior);
        var target = behavior.RequiredString("TargetOriginId");
        if (origins.TryGetValue(target, out var origin))
            return new BehaviorSettings(
                pattern, origin, allowed, cached, cache, forwarding, headers, compress, functions)
            {
                Description = new BehaviorDescription(
                    protocol, behavior.RequiredString("CachePolicyId"),
                    behavior.OptionalString("OriginRequestPolicyId"),
                    behavior.OptionalString("ResponseHeadersPolicyId")),
            };
        behavior.Refuse("TargetOriginId", $"must be the id of an origin, not {target}");
        return null;
    }

    private CachePolicy CachePolicyOf(PropertyReader behavior)
    {
        var id = behavior.RequiredString("CachePolicyId");
        if (stack.CachePolicies.TryGetValue(id, out var policy) || ManagedPolicies.Cache.TryGetValue(id, out policy))
            return policy;
        behavior.Refuse("CachePolicyId", $"must be a policy of this template, or a managed one that is known: {id}");
        return ManagedPolicies.Cache.Values.First();
    }

    private OriginRequestPolicy ForwardingOf(PropertyReader behavior)
    {
        if (behavior.OptionalString("OriginRequestPolicyId") is not { } id) return OriginRequestPolicy.None;
        if (stack.OriginRequestPolicies.TryGetValue(id, out var policy)
            || ManagedPolicies.OriginRequest.TryGetValue(id, out policy))
            return policy;
        behavior.Refuse(
            "OriginRequestPolicyId", $"must be a policy of this template, or a managed one that is known: {id}");
        return OriginRequestPolicy.None;
    }

    private ResponseHeadersPolicy? ResponseHeadersOf(PropertyReader behavior)
    {
        if (behavior.OptionalString("ResponseHeadersPolicyId") is not { } id) return null;
        if (stack.ResponseHeadersPolicies.TryGetValue(id, out var policy)
            || ResponseHeadersReader.Managed.TryGetValue(id, out policy))
            return policy;
        behavior.Refuse(
            "ResponseHeadersPolicyId", $"must be a policy of this template, or a managed one that is known: {id}");
        return null;
    }

    private static IReadOnlyList<string> Methods(PropertyReader behavior, string name, params string[][] sets)
    {
        var methods = behavior.OptionalStringList(name) ?? Reading;
        if (!sets.Any(set => set.Order().SequenceEqual(methods.Order())))
            behavior.Refuse(name, $"must be {string.Join("; or ", sets.Select(set => string.Join(", ", set)))}");
        return methods;
    }
}
