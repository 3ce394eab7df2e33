using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Isobar.Local.Edge.Invalidations;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Api;

/// <summary>Writes the distribution: what the template says, and for the rest what CloudFormation sets.</summary>
/// <remarks>
/// Source: Amazon CloudFront API Reference, Distribution, DistributionSummary and DistributionConfig. Settings that the
/// host does not take in a template have the value that they have where a template leaves them out.
/// </remarks>
internal static class DistributionXml
{
    // It is deployed before the first request can ask for it.
    private const string Status = "Deployed";

    /// <summary>The version of the configuration, which nothing changes.</summary>
    public static string ETag(ServedDistribution found) =>
        "E" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(found.Settings.Id)))[..13];

    /// <summary>Writes what stands inside <c>Distribution</c>.</summary>
    public static void Write(XmlWriter xml, ServedDistribution found, string arn, int inProgress)
    {
        var settings = found.Settings;
        WriteIdentity(xml, found, arn);
        xml.Write("InProgressInvalidationBatches", inProgress);
        xml.WriteElementString("DomainName", settings.DomainName);
        WriteNobody(xml, "ActiveTrustedSigners");
        WriteNobody(xml, "ActiveTrustedKeyGroups");
        xml.Write("DistributionConfig", () =>
        {
            xml.WriteElementString("CallerReference", settings.Id);
            xml.WriteElementString("DefaultRootObject", settings.DefaultRootObject);
            WriteShared(xml, settings);
            WriteLogging(xml, settings.Log);
        });
    }

    public static void WriteSummary(XmlWriter xml, ServedDistribution found, string arn) =>
        xml.Write("DistributionSummary", () =>
        {
            WriteIdentity(xml, found, arn);
            xml.WriteElementString("ETag", ETag(found));
            xml.WriteElementString("DomainName", found.Settings.DomainName);
            WriteShared(xml, found.Settings);
        });

    /// <summary>Writes a list of signers of URLs, which is always empty here.</summary>
    public static void WriteNobody(XmlWriter xml, string name) => xml.Write(name, () =>
    {
        xml.Write("Enabled", false);
        xml.Write("Quantity", 0);
    });

    private static void WriteIdentity(XmlWriter xml, ServedDistribution found, string arn)
    {
        xml.WriteElementString("Id", found.Settings.Id);
        xml.WriteElementString("ARN", arn);
        xml.WriteElementString("Status", Status);
        xml.WriteElementString("LastModifiedTime", CloudFrontXml.Text(found.Deployed));
    }

    // What a summary and a configuration have both.
    private static void WriteShared(XmlWriter xml, DistributionSettings settings)
    {
        xml.WriteList("Aliases", "CNAME", []);
        OriginXml.Write(xml, settings);
        xml.WriteList("OriginGroups", "OriginGroup", []);
        BehaviorXml.Write(xml, settings.Behaviors);
        xml.WriteList("CustomErrorResponses", settings.Errors, error => WriteError(xml, error.Key, error.Value));
        xml.WriteElementString("Comment", settings.Description.Comment);
        xml.WriteElementString("PriceClass", settings.Description.PriceClass);
        xml.Write("Enabled", true);
        xml.Write("ViewerCertificate", () =>
        {
            xml.Write("CloudFrontDefaultCertificate", true);
            xml.WriteElementString("MinimumProtocolVersion", "TLSv1");
            xml.WriteElementString("CertificateSource", "cloudfront");
        });
        xml.Write("Restrictions", () => xml.Write("GeoRestriction", () =>
        {
            xml.WriteElementString("RestrictionType", "none");
            xml.Write("Quantity", 0);
        }));
        xml.WriteElementString("WebACLId", "");
        xml.WriteElementString("HttpVersion", settings.Description.HttpVersion);
        xml.Write("IsIPV6Enabled", settings.Description.IsIpv6Enabled);
        xml.Write("Staging", false);
    }

    private static void WriteError(XmlWriter xml, int code, CustomError error) => xml.Write("CustomErrorResponse", () =>
    {
        xml.Write("ErrorCode", code);
        if (error.PagePath is { } page)
        {
            xml.WriteElementString("ResponsePagePath", page);
            xml.Write("ResponseCode", error.ResponseCode);
        }

        xml.Write("ErrorCachingMinTTL", (long)error.Minimum.TotalSeconds);
    });

    private static void WriteLogging(XmlWriter xml, LogSettings? log) => xml.Write("Logging", () =>
    {
        xml.Write("Enabled", log is not null);
        xml.Write("IncludeCookies", log?.IncludesCookies ?? false);
        xml.WriteElementString("Bucket", log?.DomainName ?? "");
        xml.WriteElementString("Prefix", log?.Prefix ?? "");
    });
}
