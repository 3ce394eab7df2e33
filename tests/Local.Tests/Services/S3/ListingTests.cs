using Amazon.S3.Model;
using Isobar.Local.Services.S3.Objects;

namespace Isobar.Local.Tests.Services.S3;

public sealed class ListingTests
{
    [Fact]
    public void Pages_of_any_size_give_each_key_and_prefix_once_in_order()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        var bucket = Bucket(Enumerable.Range(0, 300).Select(_ => Key(random)));

        for (var round = 0; round < 200; round++)
        {
            var prefix = random.Next(2) == 0 ? "" : Key(random, 2);
            var delimiter = random.Next(3) switch { 0 => "", 1 => "/", _ => "ab" };
            var expected = Expected(bucket, prefix, delimiter);
            Assert.Equal(expected, Paged(bucket, prefix, delimiter, random.Next(1, 20)));
        }
    }

    [Fact]
    public void A_page_of_nothing_is_not_truncated()
    {
        var listing = Listing.OfObjects(Bucket(["a", "b"]), new ListingQuery("", "", "", null, 0));

        Assert.Equal((0, false), (listing.Entries.Count, listing.IsTruncated));
    }

    [Fact]
    public void Deleted_objects_are_not_listed_and_neither_is_a_prefix_of_them_only()
    {
        var bucket = Bucket(["a/1", "a/2", "b/1", "c"]);
        foreach (var key in new[] { "a/1", "b/1", "c" })
            bucket.Add(new ObjectVersion(key, "marker", true, default, "1", ObjectContent.Nothing));

        var listing = Listing.OfObjects(bucket, new ListingQuery("", "/", "", null, 10));

        Assert.Equal((0, "a/"), (listing.Entries.Count, Assert.Single(listing.CommonPrefixes)));
    }

    [Fact]
    public void Versions_are_listed_newest_first_and_page_within_a_key()
    {
        var bucket = Bucket([]);
        foreach (var id in new[] { "1", "2", "3" })
            bucket.Add(new ObjectVersion("k", id, false, default, id, ObjectContent.Nothing));

        var first = Listing.OfVersions(bucket, Ids, new ListingQuery("", "", "", null, 2));
        var rest = Listing.OfVersions(
            bucket, Ids, new ListingQuery("", "", first.Last, first.LastEntry!.Version.VersionId, 2));

        Assert.Equal(["3", "2"], first.Entries.Select(entry => entry.Version.VersionId));
        Assert.Equal([true, false], first.Entries.Select(entry => entry.IsLatest));
        Assert.Equal((true, "1", false),
            (first.IsTruncated, Assert.Single(rest.Entries).Version.VersionId, rest.IsTruncated));
    }

    [Fact]
    public async Task The_client_pages_through_more_than_a_thousand_keys()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async lane =>
        {
            for (var i = lane; i < 1_203; i += 8)
                await s3.Client.PutObjectAsync(new() { BucketName = "landing", Key = $"k {i:0000}", ContentBody = "" });
        }));

        var keys = new List<string>();
        var pages = 0;
        await foreach (var page in s3.Client.Paginators.ListObjectsV2(
            new ListObjectsV2Request { BucketName = "landing", Encoding = Amazon.S3.EncodingType.Url }).Responses)
        {
            pages++;
            keys.AddRange(page.S3Objects.Select(each => each.Key));
        }

        Assert.Equal(2, pages);
        Assert.Equal(Enumerable.Range(0, 1_203).Select(i => $"k {i:0000}"), keys.Select(key => key.Replace('+', ' ')));
    }

    private static readonly IssuedIds Ids = new([1, 2, 3], tagBytes: 8);

    private static BucketState Bucket(IEnumerable<string> keys)
    {
        var bucket = new BucketState("landing", "us-east-1", default);
        foreach (var key in keys.Distinct())
            bucket.Add(new ObjectVersion(key, "1", false, default, "0", ObjectContent.Nothing));
        return bucket;
    }

    private static string Key(Random random, int pieces = 6) =>
        string.Concat(Enumerable.Range(0, random.Next(1, pieces))
        .Select(_ => new[] { "a", "b", "/", "ab", "\uFFFD", "😀" }[random.Next(6)]));

    // The plain way: every key, in the order of its UTF-8 bytes, cut at its delimiter, each once.
    private static List<string> Expected(BucketState bucket, string prefix, string delimiter)
    {
        var keys = bucket.KeysFrom("").Where(key => key.StartsWith(prefix, StringComparison.Ordinal));
        Assert.Equal(keys.OrderBy(key =>
            Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal), keys);
        return [.. keys.Select(key =>
        {
            var at = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            return at < 0 ? "key " + key : "prefix " + key[..(at + delimiter.Length)];
        }).Distinct().Order(StringComparer.Ordinal)];
    }

    private static List<string> Paged(BucketState bucket, string prefix, string delimiter, int size)
    {
        var found = new List<string>();
        for (var after = ""; ;)
        {
            var page = Listing.OfObjects(bucket, new ListingQuery(prefix, delimiter, after, null, size));
            Assert.True(page.Entries.Count + page.CommonPrefixes.Count <= size);
            found.AddRange(page.Entries.Select(entry => "key " + entry.Version.Key));
            found.AddRange(page.CommonPrefixes.Select(common => "prefix " + common));
            if (!page.IsTruncated) return [.. found.Order(StringComparer.Ordinal)];
            after = page.Last;
        }
    }
}
