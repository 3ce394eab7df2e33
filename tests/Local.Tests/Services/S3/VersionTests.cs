using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Tests.Services.S3;

public sealed class VersionTests
{
    [Fact]
    public async Task Every_put_of_a_versioned_bucket_stays_readable_by_its_version()
    {
        await using var s3 = await VersionedAsync();

        var first = (await PutAsync(s3, "one")).VersionId;
        var second = (await PutAsync(s3, "two")).VersionId;

        Assert.Equal("one", await TextAsync(s3, first));
        Assert.Equal("two", await TextAsync(s3, second));
        Assert.Equal("two", await TextAsync(s3, null));
    }

    [Fact]
    public async Task A_delete_hides_the_object_behind_a_marker_and_its_removal_brings_it_back()
    {
        await using var s3 = await VersionedAsync();
        var version = (await PutAsync(s3, "one")).VersionId;

        var deleted = await s3.Client.DeleteObjectAsync("landing", "k");

        Assert.Equal("true", deleted.DeleteMarker);
        Assert.Equal("NoSuchKey", (await Assert.ThrowsAsync<NoSuchKeyException>(() => TextAsync(s3, null))).ErrorCode);
        var named = await Assert.ThrowsAsync<AmazonS3Exception>(() => TextAsync(s3, deleted.VersionId));
        Assert.Equal(("MethodNotAllowed", HttpStatusCode.MethodNotAllowed), (named.ErrorCode, named.StatusCode));
        Assert.Equal("one", await TextAsync(s3, version));

        await s3.Client.DeleteObjectAsync("landing", "k", deleted.VersionId);
        Assert.Equal("one", await TextAsync(s3, null));
    }

    [Fact]
    public async Task What_was_put_before_versioning_has_the_null_version()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        Assert.Null((await PutAsync(s3, "before")).VersionId);
        await SetAsync(s3, VersionStatus.Enabled);
        await PutAsync(s3, "after");

        Assert.Equal("before", await TextAsync(s3, "null"));
        await SetAsync(s3, VersionStatus.Suspended);
        await PutAsync(s3, "suspended");
        Assert.Equal("suspended", await TextAsync(s3, "null"));
        var versions = (await s3.Client.ListVersionsAsync("landing")).Versions;
        Assert.Equal(2, versions.Count);
        Assert.Equal("null", versions[0].VersionId);
    }

    [Fact]
    public async Task A_version_that_never_was_is_told_from_one_that_could_not_be()
    {
        await using var s3 = await VersionedAsync();
        var version = (await PutAsync(s3, "one")).VersionId;
        await s3.Client.DeleteObjectAsync("landing", "k", version);

        var gone = await Assert.ThrowsAsync<AmazonS3Exception>(() => TextAsync(s3, version));

        Assert.Equal(("NoSuchVersion", HttpStatusCode.NotFound), (gone.ErrorCode, gone.StatusCode));
        await s3.Client.DeleteObjectAsync("landing", "k", version);
        foreach (var madeUp in new[] { new string('0', 32), "no-such", version[..^1], version + "0", "NULL" })
        {
            var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => TextAsync(s3, madeUp));
            Assert.Equal(("InvalidArgument", "Invalid version id specified", HttpStatusCode.BadRequest),
                (error.ErrorCode, error.Message, error.StatusCode));
            error = await Assert.ThrowsAsync<AmazonS3Exception>(
                () => s3.Client.DeleteObjectAsync("landing", "k", madeUp));
            Assert.Equal(("InvalidArgument", HttpStatusCode.BadRequest), (error.ErrorCode, error.StatusCode));
            error = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.CopyObjectAsync(new()
            {
                SourceBucket = "landing", SourceKey = "k", SourceVersionId = madeUp, DestinationBucket = "landing",
                DestinationKey = "copy",
            }));
            Assert.Equal("InvalidArgument", error.ErrorCode);
            var listed = await Assert.ThrowsAsync<DeleteObjectsException>(() => s3.Client.DeleteObjectsAsync(new()
            {
                BucketName = "landing", Objects = [new() { Key = "k", VersionId = madeUp }],
            }));
            Assert.Equal(["NoSuchVersion"], listed.Response.DeleteErrors.Select(each => each.Code));
        }
    }

    [Fact]
    public async Task Many_keys_are_deleted_at_once_each_with_its_own_answer()
    {
        await using var s3 = await VersionedAsync();
        var version = (await PutAsync(s3, "one")).VersionId;

        var answer = await s3.Client.DeleteObjectsAsync(new()
        {
            BucketName = "landing", Objects = [new() { Key = "k", VersionId = version }, new() { Key = "other" }],
        });

        Assert.Equal(["k", "other"], answer.DeletedObjects.Select(deleted => deleted.Key));
        Assert.Equal(version, answer.DeletedObjects[0].VersionId);
        Assert.True(answer.DeletedObjects[1].DeleteMarker);
    }

    [Fact]
    public async Task A_bucket_with_versions_is_not_deleted()
    {
        await using var s3 = await VersionedAsync();
        var version = (await PutAsync(s3, "one")).VersionId;
        var marker = (await s3.Client.DeleteObjectAsync("landing", "k")).VersionId;

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.DeleteBucketAsync("landing"));
        Assert.Equal("BucketNotEmpty", error.ErrorCode);
        await s3.Client.DeleteObjectAsync("landing", "k", version);
        await s3.Client.DeleteObjectAsync("landing", "k", marker);
        await s3.Client.DeleteBucketAsync("landing");

        Assert.Empty((await s3.Client.ListBucketsAsync()).Buckets ?? []);
    }

    private static async Task<S3OnPortZero> VersionedAsync()
    {
        var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        await SetAsync(s3, VersionStatus.Enabled);
        return s3;
    }

    private static Task SetAsync(S3OnPortZero s3, VersionStatus status) => s3.Client.PutBucketVersioningAsync(
        new() { BucketName = "landing", VersioningConfig = new() { Status = status } });

    private static Task<PutObjectResponse> PutAsync(S3OnPortZero s3, string body) =>
        s3.Client.PutObjectAsync(new PutObjectRequest { BucketName = "landing", Key = "k", ContentBody = body });

    private static async Task<string> TextAsync(S3OnPortZero s3, string? versionId)
    {
        using var response = await s3.Client.GetObjectAsync(
            new GetObjectRequest { BucketName = "landing", Key = "k", VersionId = versionId });
        return await new StreamReader(response.ResponseStream).ReadToEndAsync();
    }
}
