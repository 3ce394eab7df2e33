using System.Xml;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>How the listings of objects and versions are written.</summary>
/// <param name="encodes">Whether keys are percent-encoded.</param>
internal sealed class ListingXml(bool encodes)
{
    public void Key(XmlWriter xml, string element, string key) =>
        xml.WriteElementString(element, encodes ? UrlText.Encode(key) : key);

    public void Head(XmlWriter xml, string bucket, ListingQuery query)
    {
        xml.WriteElementString("Name", bucket);
        Key(xml, "Prefix", query.Prefix);
        Delimiter(xml, query);
        xml.WriteElementString("MaxKeys", $"{query.Maximum}");
        EncodingType(xml);
    }

    public void Objects(XmlWriter xml, Listing<ListedVersion> listing, bool withOwner)
    {
        foreach (var (version, _) in listing.Entries)
        {
            xml.WriteStartElement("Contents");
            Key(xml, "Key", version.Key);
            Content(xml, version);
            if (withOwner) xml.WriteOwner("Owner");
            xml.WriteEndElement();
        }

        CommonPrefixes(xml, listing.CommonPrefixes);
    }

    public void Versions(XmlWriter xml, Listing<ListedVersion> listing)
    {
        foreach (var (version, isLatest) in listing.Entries)
        {
            xml.WriteStartElement(version.IsDeleteMarker ? "DeleteMarker" : "Version");
            Key(xml, "Key", version.Key);
            xml.WriteElementString("VersionId", version.VersionId);
            xml.WriteElementString("IsLatest", XmlConvert.ToString(isLatest));
            if (version.IsDeleteMarker) xml.WriteElementString("LastModified", S3Xml.Instant(version.LastModified));
            else Content(xml, version);
            xml.WriteOwner("Owner");
            xml.WriteEndElement();
        }

        CommonPrefixes(xml, listing.CommonPrefixes);
    }

    public void Delimiter(XmlWriter xml, ListingQuery query)
    {
        if (query.Delimiter.Length > 0) Key(xml, "Delimiter", query.Delimiter);
    }

    public void EncodingType(XmlWriter xml)
    {
        if (encodes) xml.WriteElementString("EncodingType", "url");
    }

    public void CommonPrefixes(XmlWriter xml, IEnumerable<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            xml.WriteStartElement("CommonPrefixes");
            Key(xml, "Prefix", prefix);
            xml.WriteEndElement();
        }
    }

    private static void Content(XmlWriter xml, ObjectVersion version)
    {
        xml.WriteElementString("LastModified", S3Xml.Instant(version.LastModified));
        xml.WriteElementString("ETag", $"\"{version.Content.ETag}\"");
        if (version.Content.Checksum is { } checksum)
        {
            xml.WriteElementString("ChecksumAlgorithm", Payload.ChecksumAlgorithms.ApiName(checksum.Algorithm));
            xml.WriteElementString("ChecksumType", checksum.Type);
        }

        xml.WriteElementString("Size", $"{version.Content.Size}");
        xml.WriteElementString("StorageClass", "STANDARD");
    }
}
