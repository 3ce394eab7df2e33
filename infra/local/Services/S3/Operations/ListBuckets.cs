using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Lists the account's buckets by name.</summary>
/// <remarks>Source: Amazon S3 API Reference, ListBuckets (MaxBuckets 1 to 10,000).</remarks>
internal sealed class ListBuckets(S3Store store)
{
    public static readonly string[] Query = ["prefix", "max-buckets", "continuation-token"];

    public Task HandleAsync(S3Request request)
    {
        var prefix = request.Query("prefix") ?? "";
        var maximum = request.Number("max-buckets", S3Limits.MaxBuckets);
        if (maximum is < 1 or > S3Limits.MaxBuckets)
            throw S3Errors.InvalidArgument(
                "Argument max-buckets must be an integer between 1 and 10000", "max-buckets",
                    request.Query("max-buckets"));
        var after = request.Query("continuation-token") is { Length: > 0 } token ? ContinuationToken.Read(token) : "";
        // Only an answer to a request with parameters has the Region and the ARN of each bucket.
        var isPage = Query.Any(name => request.Query(name) is not null);
        var found = store.Ask((state, _) => state.Buckets
            .Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(bucket.Name, after) > 0)
            .Take(maximum + 1).Select(bucket => (bucket.Name, bucket.Region, bucket.Created)).ToArray());
        return request.AnswerAsync("ListAllMyBucketsResult", xml =>
        {
            xml.WriteOwner("Owner");
            xml.WriteStartElement("Buckets");
            foreach (var (name, region, created) in found.Take(maximum))
            {
                xml.WriteStartElement("Bucket");
                xml.WriteElementString("Name", name);
                xml.WriteElementString("CreationDate", S3Xml.Instant(created));
                if (isPage) xml.WriteElementString("BucketRegion", region);
                if (isPage) xml.WriteElementString("BucketArn", $"arn:aws:s3:::{name}");
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            if (prefix.Length > 0) xml.WriteElementString("Prefix", prefix);
            if (found.Length > maximum)
                xml.WriteElementString("ContinuationToken", ContinuationToken.Make(found[maximum - 1].Name));
        });
    }
}
