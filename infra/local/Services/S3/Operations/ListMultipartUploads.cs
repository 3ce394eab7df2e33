using System.Xml;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Lists the multipart uploads under way, by key and then by the time they began.</summary>
/// <remarks>Source: Amazon S3 API Reference, ListMultipartUploads. Its "lexicographically greater" upload id is one of
/// a later upload on AWS, and here too.</remarks>
internal sealed class ListMultipartUploads(S3Store store)
{
    public static readonly string[] Query =
        ["prefix", "delimiter", "max-uploads", "encoding-type", "key-marker", "upload-id-marker"];

    /// <exception cref="Wire.AwsException">NoSuchBucket, InvalidArgument.</exception>
    public Task HandleAsync(S3Request request)
    {
        var keyMarker = request.Query("key-marker") ?? "";
        // S3 ignores it without a key.
        var uploadMarker = keyMarker.Length > 0 && request.Query("upload-id-marker") is { Length: > 0 } id ? id : null;
        var write = new ListingXml(request.WantsUrlEncoding());
        var query = new ListingQuery(
            request.Query("prefix") ?? "", request.Query("delimiter") ?? "", keyMarker, uploadMarker,
            Math.Min(request.Number("max-uploads", S3Limits.MaxPage), S3Limits.MaxPage));
        var listing = store.Ask((state, _) => state.ListUploads(request.Bucket, query));
        return request.AnswerAsync("ListMultipartUploadsResult", xml =>
        {
            xml.WriteElementString("Bucket", request.Bucket);
            write.Key(xml, "KeyMarker", keyMarker);
            xml.WriteElementString("UploadIdMarker", uploadMarker ?? "");
            // S3 leaves both empty when the page ends with a common prefix.
            write.Key(xml, "NextKeyMarker", listing.LastEntry?.Key ?? "");
            xml.WriteElementString("NextUploadIdMarker", listing.LastEntry?.Id ?? "");
            if (query.Prefix.Length > 0) write.Key(xml, "Prefix", query.Prefix);
            write.Delimiter(xml, query);
            write.EncodingType(xml);
            xml.WriteElementString("MaxUploads", $"{query.Maximum}");
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(listing.IsTruncated));
            foreach (var upload in listing.Entries) WriteUpload(xml, write, upload);
            write.CommonPrefixes(xml, listing.CommonPrefixes);
        });
    }

    private static void WriteUpload(XmlWriter xml, ListingXml write, MultipartUpload upload)
    {
        xml.WriteStartElement("Upload");
        write.Key(xml, "Key", upload.Key);
        xml.WriteElementString("UploadId", upload.Id);
        xml.WriteInitiator();
        xml.WriteOwner("Owner");
        xml.WriteElementString("StorageClass", "STANDARD");
        xml.WriteElementString("Initiated", S3Xml.Instant(upload.Initiated));
        if (upload.Algorithm is { } algorithm)
        {
            xml.WriteElementString("ChecksumAlgorithm", Payload.ChecksumAlgorithms.ApiName(algorithm));
            xml.WriteElementString("ChecksumType", upload.IsComposite ? "COMPOSITE" : "FULL_OBJECT");
        }

        xml.WriteEndElement();
    }
}
