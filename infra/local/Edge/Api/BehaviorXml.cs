using System.Xml;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Api;

/// <summary>Writes the cache behaviors of a distribution.</summary>
/// <remarks>Source: Amazon CloudFront API Reference, CacheBehavior and DefaultCacheBehavior.</remarks>
internal static class BehaviorXml
{
    /// <param name="behaviors">The last one is the default behavior.</param>
    public static void Write(XmlWriter xml, IReadOnlyList<BehaviorSettings> behaviors)
    {
        xml.Write("DefaultCacheBehavior", () => WriteSettings(xml, behaviors[^1]));
        xml.WriteList("CacheBehaviors", behaviors.SkipLast(1).ToArray(), behavior => xml.Write("CacheBehavior", () =>
        {
            xml.WriteElementString("PathPattern", behavior.Pattern.ToString());
            WriteSettings(xml, behavior);
        }));
    }

    private static void WriteSettings(XmlWriter xml, BehaviorSettings behavior)
    {
        var description = behavior.Description!;
        xml.WriteElementString("TargetOriginId", behavior.Origin.Id);
        DistributionXml.WriteNobody(xml, "TrustedSigners");
        DistributionXml.WriteNobody(xml, "TrustedKeyGroups");
        xml.WriteElementString("ViewerProtocolPolicy", description.ViewerProtocolPolicy);
        xml.WriteList(
            "AllowedMethods", "Method", behavior.AllowedMethods,
            () => xml.WriteList("CachedMethods", "Method", behavior.CachedMethods));
        xml.Write("SmoothStreaming", false);
        xml.Write("Compress", behavior.Compress);
        xml.WriteList("LambdaFunctionAssociations", behavior.Functions, association =>
            xml.Write("LambdaFunctionAssociation", () =>
            {
                xml.WriteElementString("LambdaFunctionARN", association.Value.Function.Arn);
                xml.WriteElementString("EventType", association.Key);
                xml.Write("IncludeBody", association.Value.IncludesBody);
            }));
        xml.WriteList("FunctionAssociations", "FunctionAssociation", []);
        xml.WriteElementString("FieldLevelEncryptionId", "");
        xml.WriteElementString("CachePolicyId", description.CachePolicyId);
        if (description.OriginRequestPolicyId is { } forwarding)
            xml.WriteElementString("OriginRequestPolicyId", forwarding);
        if (description.ResponseHeadersPolicyId is { } headers)
            xml.WriteElementString("ResponseHeadersPolicyId", headers);
    }
}
