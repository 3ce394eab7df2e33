using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Local.Services.S3.Objects;

namespace Isobar.Local.Tests.Services.S3;

/// <summary>A marker is a place in a listing: what it names may be gone when the next page is asked for.</summary>
public sealed class MarkerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task A_bucket_that_is_emptied_page_by_page_is_empty_then(int size)
    {
        await using var s3 = await VersionedAsync();
        for (var i = 0; i < 7; i++) await PutAsync(s3, "k");
        await PutAsync(s3, "l");
        await s3.Client.DeleteObjectAsync("landing", "l");

        var request = new ListVersionsRequest { BucketName = "landing", MaxKeys = size };
        for (ListVersionsResponse? page = null; page is null or { IsTruncated: true };)
        {
            page = await s3.Client.ListVersionsAsync(request);
            foreach (var version in page.Versions)
                await s3.Client.DeleteObjectAsync("landing", version.Key, version.VersionId);
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }

        await s3.Client.DeleteBucketAsync("landing");
        Assert.Empty((await s3.Client.ListBucketsAsync()).Buckets ?? []);
    }

    [Fact]
    public void The_null_version_keeps_its_place_too_when_it_is_deleted_or_replaced()
    {
        var bucket = new BucketState("landing", "us-east-1", default);
        foreach (var (id, sequencer) in new[] { ("1", "01"), ("null", "02"), ("3", "03"), ("4", "04") })
            bucket.Add(new ObjectVersion("k", id, false, default, sequencer, ObjectContent.Nothing));
        bucket.Remove("k", "null");

        Assert.Equal(["1"], After(bucket, "null"));

        bucket.Add(new ObjectVersion("k", "null", false, default, "05", ObjectContent.Nothing));
        Assert.Equal(["4", "3", "1"], After(bucket, "null"));
    }

    [Fact]
    public void A_null_version_that_never_was_hides_nothing()
    {
        var bucket = new BucketState("landing", "us-east-1", default);
        bucket.Add(new ObjectVersion("k", "1", false, default, "01", ObjectContent.Nothing));

        Assert.Equal(["1"], After(bucket, "null"));
        bucket.Remove("k", "1");
        Assert.Empty(After(bucket, "null"));
    }

    [Fact]
    public async Task A_token_goes_on_behind_a_key_that_was_deleted_and_so_do_the_older_marker_and_a_common_prefix()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        string[] keys = ["a/1", "a/2", "b", "c/1", "d"];
        foreach (var key in keys) await PutAsync(s3, key);
        var first = await s3.Client.ListObjectsV2Async(new() { BucketName = "landing", MaxKeys = 2, Delimiter = "/" });
        var plain = await s3.Client.ListObjectsV2Async(new() { BucketName = "landing", MaxKeys = 3 });
        foreach (var key in keys[..3]) await s3.Client.DeleteObjectAsync("landing", key);

        var rest = await s3.Client.ListObjectsV2Async(
            new() { BucketName = "landing", Delimiter = "/", ContinuationToken = first.NextContinuationToken });
        Assert.Equal(("c/", "d"), (Assert.Single(rest.CommonPrefixes), Assert.Single(rest.S3Objects).Key));
        rest = await s3.Client.ListObjectsV2Async(
            new() { BucketName = "landing", ContinuationToken = plain.NextContinuationToken });
        Assert.Equal(["c/1", "d"], rest.S3Objects.Select(each => each.Key));
        var older = await s3.Client.ListObjectsAsync(
            new ListObjectsRequest { BucketName = "landing", Marker = "b" });
        Assert.Equal(["c/1", "d"], older.S3Objects.Select(each => each.Key));
    }

    [Fact]
    public async Task Uploads_are_listed_behind_one_that_was_aborted_and_buckets_behind_one_that_was_deleted()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        foreach (var name in new[] { "landing", "middle", "zenith" }) await s3.Client.PutBucketAsync(name);
        var buckets = await s3.Client.ListBucketsAsync(new ListBucketsRequest { MaxBuckets = 2 });
        await s3.Client.DeleteBucketAsync("middle");
        buckets = await s3.Client.ListBucketsAsync(
            new ListBucketsRequest { MaxBuckets = 2, ContinuationToken = buckets.ContinuationToken });
        Assert.Equal(["zenith"], buckets.Buckets.Select(bucket => bucket.BucketName));

        var ids = new List<string>();
        foreach (var key in new[] { "a", "a", "a", "b" })
            ids.Add((await s3.Client.InitiateMultipartUploadAsync("landing", key)).UploadId);
        var page = await s3.Client.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = "landing", MaxUploads = 2 });
        Assert.Equal(ids[..2], page.MultipartUploads.Select(upload => upload.UploadId));
        foreach (var id in ids[..2]) await s3.Client.AbortMultipartUploadAsync("landing", "a", id);
        var rest = await s3.Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest
        {
            BucketName = "landing", KeyMarker = page.NextKeyMarker, UploadIdMarker = page.NextUploadIdMarker,
        });
        Assert.Equal(ids[2..], rest.MultipartUploads.Select(upload => upload.UploadId));
    }

    [Theory]
    [InlineData("made-up")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("08DE2B1C3F4A5B6C0000000000000000000000000000000000000000000000FF")]
    public async Task A_marker_that_is_no_upload_s_id_is_refused(string marker)
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        await s3.Client.InitiateMultipartUploadAsync("landing", "a");

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = "landing", KeyMarker = "a", UploadIdMarker = marker }));

        Assert.Equal(("InvalidArgument", "Invalid uploadId marker"), (error.ErrorCode, error.Message));
    }

    private static IEnumerable<string> After(BucketState bucket, string version) => Listing
        .OfVersions(bucket, new IssuedIds([1], tagBytes: 8), new ListingQuery("", "", "k", version, 10))
        .Entries.Select(entry => entry.Version.VersionId);

    private static async Task<S3OnPortZero> VersionedAsync()
    {
        var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        await s3.Client.PutBucketVersioningAsync(new()
        {
            BucketName = "landing", VersioningConfig = new() { Status = VersionStatus.Enabled },
        });
        return s3;
    }

    private static Task<PutObjectResponse> PutAsync(S3OnPortZero s3, string key) =>
        s3.Client.PutObjectAsync(new PutObjectRequest { BucketName = "landing", Key = key, ContentBody = "x" });
}
