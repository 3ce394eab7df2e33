using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Local.Services.S3;

namespace Isobar.Local.Tests.Services.S3;

public sealed class MultipartTests
{
    private const int PartBytes = 5 * 1024 * 1024;

    [Fact]
    public async Task Parts_become_one_object_with_the_etag_of_their_etags()
    {
        await using var s3 = await StartAsync();
        byte[][] bodies = [RandomNumberGenerator.GetBytes(PartBytes), RandomNumberGenerator.GetBytes(1_000)];
        var upload = (await s3.Client.InitiateMultipartUploadAsync("landing", "k")).UploadId;
        var parts = await UploadAsync(s3, upload, bodies);
        Assert.Equal(2, (await s3.Client.ListPartsAsync("landing", "k", upload)).Parts.Count);

        var done = await CompleteAsync(s3, upload, parts);

        var md5s = bodies.SelectMany(MD5.HashData).ToArray();
        Assert.Equal($"\"{Convert.ToHexStringLower(MD5.HashData(md5s))}-2\"", done.ETag);
        using var got = await s3.Client.GetObjectAsync("landing", "k");
        using var copy = new MemoryStream();
        await got.ResponseStream.CopyToAsync(copy);
        Assert.Equal(bodies.SelectMany(body => body), copy.ToArray());
        Assert.Contains(s3.World.Journal.After(0), entry =>
            entry.Fact is ObjectCreated { EventName: "ObjectCreated:CompleteMultipartUpload" });
    }

    [Fact]
    public async Task A_range_may_span_two_parts_and_a_part_can_be_asked_for()
    {
        await using var s3 = await StartAsync();
        byte[][] bodies = [RandomNumberGenerator.GetBytes(PartBytes), RandomNumberGenerator.GetBytes(1_000)];
        var upload = (await s3.Client.InitiateMultipartUploadAsync("landing", "k")).UploadId;
        await CompleteAsync(s3, upload, await UploadAsync(s3, upload, bodies));

        var across = await GetAsync(s3, get => get.ByteRange = new(PartBytes - 3, PartBytes + 2));
        var second = await GetAsync(s3, get => get.PartNumber = 2);

        Assert.Equal([.. bodies[0][^3..], .. bodies[1][..3]], across);
        Assert.Equal(bodies[1], second);
    }

    [Fact]
    public async Task An_aborted_upload_leaves_no_file()
    {
        await using var s3 = await StartAsync();
        var upload = (await s3.Client.InitiateMultipartUploadAsync("landing", "k")).UploadId;
        await UploadAsync(s3, upload, [new byte[PartBytes]]);
        Assert.Single(s3.Files());

        await s3.Client.AbortMultipartUploadAsync("landing", "k", upload);

        Assert.Empty(s3.Files());
        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.ListPartsAsync("landing", "k", upload));
        Assert.Equal("NoSuchUpload", error.ErrorCode);
    }

    [Fact]
    public async Task A_part_that_is_too_small_or_wrong_is_refused_and_the_upload_stays()
    {
        await using var s3 = await StartAsync();
        var upload = (await s3.Client.InitiateMultipartUploadAsync("landing", "k")).UploadId;
        var parts = await UploadAsync(s3, upload, [new byte[10], new byte[10]]);

        Assert.Equal("EntityTooSmall", await CodeAsync(() => CompleteAsync(s3, upload, parts)));
        Assert.Equal("InvalidPartOrder", await CodeAsync(() => CompleteAsync(s3, upload, [parts[0], parts[0]])));
        Assert.Equal("InvalidPart", await CodeAsync(() => CompleteAsync(s3, upload, [new PartETag(3, parts[0].ETag)])));
        Assert.Equal("InvalidPart", await CodeAsync(() => CompleteAsync(s3, upload, [new PartETag(1, "\"00\"")])));
        Assert.Equal("InvalidArgument",
            await CodeAsync(() => s3.Client.UploadPartAsync(Part(upload, 10_001, new byte[1]))));
        await CompleteAsync(s3, upload, [parts[1]]);
    }

    private static async Task<S3OnPortZero> StartAsync()
    {
        var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        return s3;
    }

    private static async Task<List<PartETag>> UploadAsync(S3OnPortZero s3, string upload, byte[][] bodies)
    {
        var parts = new List<PartETag>();
        for (var i = 0; i < bodies.Length; i++)
            parts.Add(new(i + 1, (await s3.Client.UploadPartAsync(Part(upload, i + 1, bodies[i]))).ETag));
        return parts;
    }

    private static UploadPartRequest Part(string upload, int number, byte[] body) => new()
    {
        BucketName = "landing", Key = "k", UploadId = upload, PartNumber = number, InputStream = new MemoryStream(body),
        PartSize = body.Length,
    };

    private static Task<CompleteMultipartUploadResponse> CompleteAsync(S3OnPortZero s3, string upload,
        List<PartETag> parts) =>
        s3.Client.CompleteMultipartUploadAsync(
            new() { BucketName = "landing", Key = "k", UploadId = upload, PartETags = parts });

    private static async Task<string?> CodeAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<AmazonS3Exception>(call)).ErrorCode;

    private static async Task<byte[]> GetAsync(S3OnPortZero s3, Action<GetObjectRequest> change)
    {
        var get = new GetObjectRequest { BucketName = "landing", Key = "k" };
        change(get);
        using var got = await s3.Client.GetObjectAsync(get);
        using var copy = new MemoryStream();
        await got.ResponseStream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
