using System.Xml;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Lists the parts that an upload has so far.</summary>
/// <remarks>Source: Amazon S3 API Reference, ListParts.</remarks>
internal sealed class ListParts(S3Store store)
{
    public static readonly string[] Query = ["max-parts", "part-number-marker"];

    /// <exception cref="Wire.AwsException">NoSuchBucket, NoSuchUpload, InvalidArgument.</exception>
    public Task HandleAsync(S3Request request)
    {
        var maximum = Math.Min(request.Number("max-parts", S3Limits.MaxPage), S3Limits.MaxPage);
        var marker = request.Number("part-number-marker", 0);
        var (upload, rest) = store.Ask((state, _) =>
        {
            var upload = state.Upload(request.Bucket, request.Key, request.Query("uploadId")!);
            return (upload, upload.Parts.Where(part => part.Number > marker).Take(maximum + 1).ToArray());
        });
        var page = rest.Take(maximum).ToArray();
        return request.AnswerAsync("ListPartsResult", xml =>
        {
            xml.WriteElementString("Bucket", request.Bucket);
            xml.WriteElementString("Key", request.Key);
            xml.WriteElementString("UploadId", upload.Id);
            xml.WriteInitiator();
            xml.WriteOwner("Owner");
            xml.WriteElementString("StorageClass", "STANDARD");
            xml.WriteElementString("PartNumberMarker", $"{marker}");
            xml.WriteElementString("NextPartNumberMarker", $"{(page is [.., var last] ? last.Number : 0)}");
            xml.WriteElementString("MaxParts", $"{maximum}");
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(rest.Length > maximum));
            if (upload.Algorithm is { } algorithm)
            {
                xml.WriteElementString("ChecksumAlgorithm", algorithm.ApiName());
                xml.WriteElementString("ChecksumType", upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
            }

            foreach (var part in page) WritePart(xml, part, upload.Algorithm);
        });
    }

    private static void WritePart(XmlWriter xml, UploadedPart part, ChecksumAlgorithm? algorithm)
    {
        xml.WriteStartElement("Part");
        xml.WriteElementString("PartNumber", $"{part.Number}");
        xml.WriteElementString("LastModified", S3Xml.Instant(part.LastModified));
        xml.WriteElementString("ETag", $"\"{part.ETag}\"");
        if (algorithm is { } shown)
            xml.WriteElementString(shown.Element(), Convert.ToBase64String(part.Checksums[shown]));
        xml.WriteElementString("Size", $"{part.Blob.Length}");
        xml.WriteEndElement();
    }
}
