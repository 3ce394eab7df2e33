using System.Xml;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Lists current objects: ListObjectsV2, and ListObjects as older clients call it.</summary>
/// <remarks>Source: Amazon S3 API Reference, ListObjectsV2 and ListObjects.</remarks>
internal sealed class ListObjects(S3Store store)
{
    private static readonly string[] Common = ["prefix", "delimiter", "max-keys", "encoding-type"];

    public static readonly string[] QueryV1 = [.. Common, "marker"];

    public static readonly string[] QueryV2 = [.. Common, "continuation-token", "start-after", "fetch-owner"];

    /// <exception cref="Wire.AwsException">NoSuchBucket, InvalidArgument.</exception>
    public Task HandleV2Async(S3Request request)
    {
        if (request.Query("list-type") is var type and not "2")
            throw S3Errors.InvalidArgument("Invalid List Type specified in Request", "list-type", type);
        var token = request.Query("continuation-token");
        var startAfter = request.Query("start-after") ?? "";
        var owner = request.Query("fetch-owner") is "true";
        var (query, listing, write) = Ask(request, token is null ? startAfter : ContinuationToken.Read(token));
        return request.AnswerAsync("ListBucketResult", xml =>
        {
            write.Head(xml, request.Bucket, query);
            xml.WriteElementString("KeyCount", $"{listing.Entries.Count + listing.CommonPrefixes.Count}");
            if (token is not null) xml.WriteElementString("ContinuationToken", token);
            else if (startAfter.Length > 0) write.Key(xml, "StartAfter", startAfter);
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(listing.IsTruncated));
            if (listing.IsTruncated)
                xml.WriteElementString("NextContinuationToken", ContinuationToken.Make(listing.Last));
            write.Objects(xml, listing, owner);
        });
    }

    /// <exception cref="Wire.AwsException">NoSuchBucket, InvalidArgument.</exception>
    public Task HandleV1Async(S3Request request)
    {
        var marker = request.Query("marker") ?? "";
        var (query, listing, write) = Ask(request, marker);
        return request.AnswerAsync("ListBucketResult", xml =>
        {
            write.Head(xml, request.Bucket, query);
            write.Key(xml, "Marker", marker);
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(listing.IsTruncated));
            // Without a delimiter, clients continue after the last key.
            if (listing.IsTruncated && query.Delimiter.Length > 0) write.Key(xml, "NextMarker", listing.Last);
            write.Objects(xml, listing, withOwner: true);
        });
    }

    private (ListingQuery, Listing<ListedVersion>, ListingXml) Ask(S3Request request, string after)
    {
        var write = new ListingXml(request.WantsUrlEncoding());
        var query = new ListingQuery(
            request.Query("prefix") ?? "", request.Query("delimiter") ?? "", after, null,
            Math.Min(request.Number("max-keys", S3Limits.MaxPage), S3Limits.MaxPage));
        return (query, store.Ask((state, _) => Listing.OfObjects(state.Bucket(request.Bucket), query)), write);
    }
}
