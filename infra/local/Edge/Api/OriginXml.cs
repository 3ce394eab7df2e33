using System.Xml;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Api;

/// <summary>Writes the origins of a distribution.</summary>
/// <remarks>Source: Amazon CloudFront API Reference, Origin.</remarks>
internal static class OriginXml
{
    public static void Write(XmlWriter xml, DistributionSettings settings) =>
        xml.WriteList("Origins", settings.Origins, origin => xml.Write("Origin", () => Write(xml, origin)));

    private static void Write(XmlWriter xml, OriginSettings origin)
    {
        var description = origin.Description;
        xml.WriteElementString("Id", origin.Id);
        xml.WriteElementString("DomainName", description.DomainName);
        xml.WriteElementString("OriginPath", description.Custom?.Path ?? description.S3!.Path);
        xml.WriteList(
            "CustomHeaders",
            description.CustomHeaders.SelectMany(header => header.Value).ToArray(),
            line => xml.Write("OriginCustomHeader", () =>
            {
                xml.WriteElementString("HeaderName", line.Key);
                xml.WriteElementString("HeaderValue", line.Value);
            }));
        if (description.Custom is { } custom)
            xml.Write("CustomOriginConfig", () => Write(xml, custom, origin.Ports!));
        else
            xml.Write("S3OriginConfig", () => xml.WriteElementString("OriginAccessIdentity", ""));
        xml.WriteElementString("OriginAccessControlId", origin.AccessControlId);
    }

    private static void Write(XmlWriter xml, CustomOrigin custom, OriginPorts ports)
    {
        xml.Write("HTTPPort", ports.Http);
        xml.Write("HTTPSPort", ports.Https);
        xml.WriteElementString("OriginProtocolPolicy", ports.ProtocolPolicy);
        xml.WriteList("OriginSslProtocols", "SslProtocol", custom.SslProtocols);
        xml.Write("OriginReadTimeout", custom.ReadTimeout);
        xml.Write("OriginKeepaliveTimeout", custom.KeepaliveTimeout);
    }
}
