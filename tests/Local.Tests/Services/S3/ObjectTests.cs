using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Tests.Services.S3;

public sealed class ObjectTests
{
    [Theory]
    [InlineData("plain.txt")]
    [InlineData("a folder/ü + 100% & ~'()*!.csv")]
    [InlineData("a/../b//./c/")]
    [InlineData("not%2Fdecoded+twice%20")]
    [InlineData("😀/\uE000")]
    public async Task A_key_comes_back_as_it_was_put(string key)
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");

        await s3.Client.PutObjectAsync(new PutObjectRequest { BucketName = "landing", Key = key, ContentBody = key });

        Assert.Equal(key, await TextAsync(await s3.Client.GetObjectAsync("landing", key)));
        var listed = await s3.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "landing" });
        Assert.Equal(key, Assert.Single(listed.S3Objects).Key);
    }

    [Fact]
    public async Task Metadata_and_headers_come_back_with_the_object()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        var put = new PutObjectRequest { BucketName = "landing", Key = "k", ContentBody = "x",
            ContentType = "text/csv" };
        put.Headers.CacheControl = "max-age=60";
        put.Headers.ContentEncoding = "gzip";
        put.Metadata["Station"] = "USW00094728";

        await s3.Client.PutObjectAsync(put);

        var head = await s3.Client.GetObjectMetadataAsync("landing", "k");
        Assert.Equal(
            ("text/csv", "max-age=60", "gzip", "USW00094728"),
            (head.Headers.ContentType, head.Headers.CacheControl, head.Headers.ContentEncoding,
                head.Metadata["station"]));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(262_144)]
    [InlineData(3_000_001)]
    public async Task A_body_of_any_size_comes_back_whole_and_in_ranges(int length)
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);

        var put = await s3.Client.PutObjectAsync(
            new PutObjectRequest { BucketName = "landing", Key = "k", InputStream = new MemoryStream(bytes) });

        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(bytes))}\"", put.ETag);
        Assert.Equal(bytes, await BytesAsync(await s3.Client.GetObjectAsync("landing", "k")));
        Assert.Equal(bytes[10..61], await RangeAsync(s3, "bytes=10-60"));
        Assert.Equal(bytes[^7..], await RangeAsync(s3, "bytes=-7"));
        Assert.Equal(bytes[50..], await RangeAsync(s3, "bytes=50-"));
        Assert.Equal(bytes, await RangeAsync(s3, $"bytes=0-{length * 2}"));
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_not_satisfiable()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        await PutAsync(s3, "12345678");

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => RangeAsync(s3, "bytes=1024-4096"));

        Assert.Equal(("InvalidRange", HttpStatusCode.RequestedRangeNotSatisfiable),
            (error.ErrorCode, error.StatusCode));
    }

    [Fact]
    public async Task Reads_obey_their_conditions()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        var eTag = (await PutAsync(s3, "x")).ETag;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(s3, get => get.EtagToMatch = eTag));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await StatusAsync(s3, get => get.EtagToMatch = "\"other\""));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(s3, get => get.EtagToNotMatch = eTag));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(s3, get => get.EtagToNotMatch = "\"other\""));
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(s3, get => get.ModifiedSinceDate = longAgo));
        Assert.Equal(HttpStatusCode.PreconditionFailed,
            await StatusAsync(s3, get => get.UnmodifiedSinceDate = longAgo));
    }

    [Fact]
    public async Task A_conditional_put_has_one_winner()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");

        var first = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => TryPutAsync(s3, $"{i}", put => put.IfNoneMatch = "*")));
        Assert.Single(first, code => code is null);
        Assert.Equal(7, first.Count(code => code == "PreconditionFailed"));

        var eTag = (await s3.Client.GetObjectMetadataAsync("landing", "k")).ETag;
        var second = await Task.WhenAll(
            Enumerable.Range(10, 8).Select(i => TryPutAsync(s3, $"{i}", put => put.IfMatch = eTag)));
        Assert.Single(second, code => code is null);
        Assert.Equal("NoSuchKey", await TryPutAsync(s3, "x", put => (put.Key, put.IfMatch) = ("absent", eTag)));
    }

    [Fact]
    public async Task A_copy_has_the_bytes_and_the_metadata_and_outlives_its_source()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        await s3.Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = "landing", Key = "a ü", ContentBody = new string('x', 300_000), Metadata = { ["n"] = "1" },
        });

        await s3.Client.CopyObjectAsync("landing", "a ü", "landing", "b");
        await s3.Client.DeleteObjectAsync("landing", "a ü");

        var copy = await s3.Client.GetObjectAsync("landing", "b");
        Assert.Equal("1", copy.Metadata["n"]);
        Assert.Equal(300_000, (await TextAsync(copy)).Length);
        Assert.Single(s3.Files());
        await s3.Client.DeleteObjectAsync("landing", "b");
        Assert.Empty(s3.Files());
    }

    [Fact]
    public async Task A_put_that_breaks_off_leaves_nothing()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        using var raw = new RawClient(s3.Address);

        await raw.SendAsync("PUT", "/landing/k", new byte[400_000], ("Content-Length", "900000"));
        await s3.HasFilesAsync(1);
        raw.Dispose();
        await s3.HasFilesAsync(0);

        Assert.Empty((await s3.Client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = "landing" })).S3Objects ?? []);
    }

    [Fact]
    public async Task A_full_store_says_slow_down_until_something_is_deleted()
    {
        await using var s3 = await S3OnPortZero.StartAsync(new() { MaxTotalBytes = 1_000_000 });
        await s3.Client.PutBucketAsync("landing");
        var body = new string('x', 600_000);

        Assert.Null(await TryPutAsync(s3, body, put => put.Key = "one"));
        Assert.Equal("SlowDown", await TryPutAsync(s3, body, put => put.Key = "two"));
        await s3.Client.DeleteObjectAsync("landing", "one");
        Assert.Null(await TryPutAsync(s3, body, put => put.Key = "two"));
    }

    [Theory]
    [InlineData("x-amz-tagging", "a=b")]
    [InlineData("x-amz-server-side-encryption", "aws:kms")]
    [InlineData("x-amz-acl", "public-read")]
    [InlineData("x-amz-storage-class", "GLACIER")]
    [InlineData("x-amz-object-lock-mode", "GOVERNANCE")]
    public async Task A_header_that_is_not_built_is_refused(string name, string value)
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        using var raw = new RawClient(s3.Address);

        var answer = await raw.AskAsync("PUT", "/landing/k", "x"u8.ToArray(), (name, value));

        Assert.StartsWith("HTTP/1.1 501", answer);
        Assert.Contains("<Code>NotImplemented</Code>", answer);
        await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.GetObjectMetadataAsync("landing", "k"));
    }

    [Theory]
    [InlineData("GET", "/landing?acl")]
    [InlineData("DELETE", "/landing?policy")]
    [InlineData("PUT", "/landing?tagging")]
    [InlineData("PUT", "/landing/k?acl")]
    public async Task A_subresource_that_is_not_built_is_refused_and_does_nothing(string method, string target)
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        using var raw = new RawClient(s3.Address);

        var answer = await raw.AskAsync(method, target, []);

        Assert.StartsWith("HTTP/1.1 501", answer);
        Assert.Equal("landing", Assert.Single((await s3.Client.ListBucketsAsync()).Buckets).BucketName);
        Assert.Empty((await s3.Client.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = "landing" })).S3Objects ?? []);
    }

    private static Task<PutObjectResponse> PutAsync(S3OnPortZero s3, string body) =>
        s3.Client.PutObjectAsync(new PutObjectRequest { BucketName = "landing", Key = "k", ContentBody = body });

    private static async Task<string?> TryPutAsync(S3OnPortZero s3, string body, Action<PutObjectRequest> change)
    {
        var put = new PutObjectRequest { BucketName = "landing", Key = "k", ContentBody = body };
        change(put);
        try
        {
            await s3.Client.PutObjectAsync(put);
            return null;
        }
        catch (AmazonS3Exception e)
        {
            return e.ErrorCode;
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(S3OnPortZero s3, Action<GetObjectRequest> change)
    {
        var get = new GetObjectRequest { BucketName = "landing", Key = "k" };
        change(get);
        try
        {
            return (await s3.Client.GetObjectAsync(get)).HttpStatusCode;
        }
        catch (AmazonS3Exception e)
        {
            return e.StatusCode;
        }
    }

    private static async Task<byte[]> RangeAsync(S3OnPortZero s3, string range) => await BytesAsync(
        await s3.Client.GetObjectAsync(
            new GetObjectRequest { BucketName = "landing", Key = "k", ByteRange = new(range) }));

    private static async Task<string> TextAsync(GetObjectResponse response) =>
        Encoding.UTF8.GetString(await BytesAsync(response));

    private static async Task<byte[]> BytesAsync(GetObjectResponse response)
    {
        using var copy = new MemoryStream();
        await response.ResponseStream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
