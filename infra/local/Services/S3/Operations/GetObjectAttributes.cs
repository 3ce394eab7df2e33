using System.Globalization;
using System.Xml;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Describes an object by the attributes that the caller names.</summary>
/// <remarks>Source: Amazon S3 API Reference, GetObjectAttributes.</remarks>
internal sealed class GetObjectAttributes(S3Store store)
{
    private const string AttributesHeader = "x-amz-object-attributes";

    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public static readonly string[] Query = ["versionId"];

    /// <summary>The last two limit the list of parts, which only composite checksums have.</summary>
    public static readonly string[] Headers = [AttributesHeader, "x-amz-max-parts", "x-amz-part-number-marker"];

    /// <exception cref="Wire.AwsException">NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker
    /// that is named, InvalidArgument for another attribute; NotImplemented for the parts of an object with a composite
    /// checksum.</exception>
    public Task HandleAsync(S3Request request)
    {
        var versionId = request.VersionId();
        var names = (request.Header(AttributesHeader) ?? "").Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0 || names.Any(name => !Known.Contains(name)))
            throw S3Errors.InvalidArgument(
                "Invalid attribute name specified.", AttributesHeader, request.Header(AttributesHeader));
        var (found, isVersioned) = store.Ask((state, _) => (
            state.Find(request.Bucket, request.Key, versionId),
            state.Bucket(request.Bucket).Versioning != Versioning.Off));
        var version = GetObject.Existing(request, found, versionId);
        if (names.Contains("ObjectParts") && version.Content.Checksum is { IsComposite: true })
            throw S3Errors.NotImplemented(AttributesHeader, "ObjectParts");

        request.SetHeader("Last-Modified", version.LastModified.ToString("R", CultureInfo.InvariantCulture));
        if (isVersioned) request.SetHeader("x-amz-version-id", version.VersionId);
        return request.AnswerAsync("GetObjectAttributesResponse", xml => Write(xml, version.Content, names));
    }

    private static void Write(XmlWriter xml, ObjectContent content, string[] names)
    {
        if (names.Contains("ETag")) xml.WriteElementString("ETag", content.ETag);
        if (names.Contains("Checksum") && content.Checksum is { } checksum)
        {
            xml.WriteStartElement("Checksum");
            xml.WriteElementString(checksum.Algorithm.Element(), checksum.Value);
            xml.WriteElementString("ChecksumType", checksum.Type);
            xml.WriteEndElement();
        }

        if (names.Contains("ObjectParts") && content.IsMultipart)
        {
            xml.WriteStartElement("ObjectParts");
            xml.WriteElementString("PartsCount", $"{content.Blobs.Count}");
            xml.WriteEndElement();
        }

        if (names.Contains("StorageClass")) xml.WriteElementString("StorageClass", "STANDARD");
        if (names.Contains("ObjectSize")) xml.WriteElementString("ObjectSize", $"{content.Size}");
    }
}
