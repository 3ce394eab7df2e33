using System.Xml;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Lists all versions and delete markers, newest first within a key.</summary>
/// <remarks>Source: Amazon S3 API Reference, ListObjectVersions.</remarks>
internal sealed class ListObjectVersions(S3Store store)
{
    public static readonly string[] Query =
        ["prefix", "delimiter", "max-keys", "encoding-type", "key-marker", "version-id-marker"];

    /// <exception cref="Wire.AwsException">NoSuchBucket, InvalidArgument.</exception>
    public Task HandleAsync(S3Request request)
    {
        var keyMarker = request.Query("key-marker") ?? "";
        var versionMarker = request.Query("version-id-marker");
        if (versionMarker is "")
            throw S3Errors.InvalidArgument("A version-id marker cannot be empty.", "version-id-marker", "");
        if (versionMarker is not null && keyMarker.Length == 0)
            throw S3Errors.InvalidArgument(
                "A version-id marker cannot be specified without a key marker.", "version-id-marker", versionMarker);
        var write = new ListingXml(request.WantsUrlEncoding());
        var query = new ListingQuery(
            request.Query("prefix") ?? "", request.Query("delimiter") ?? "", keyMarker, versionMarker,
            Math.Min(request.Number("max-keys", S3Limits.MaxPage), S3Limits.MaxPage));
        var listing = store.Ask((state, _) => state.ListVersions(request.Bucket, query));
        return request.AnswerAsync("ListVersionsResult", xml =>
        {
            write.Head(xml, request.Bucket, query);
            write.Key(xml, "KeyMarker", keyMarker);
            xml.WriteElementString("VersionIdMarker", versionMarker ?? "");
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(listing.IsTruncated));
            if (listing.IsTruncated)
            {
                write.Key(xml, "NextKeyMarker", listing.Last);
                if (listing.LastEntry?.Version.VersionId is { } last)
                    xml.WriteElementString("NextVersionIdMarker", last);
            }

            write.Versions(xml, listing);
        });
    }
}
