namespace Isobar.Local.Tests.Recorded.S3;

public sealed class CopyCases : S3RecordedTest
{
    private const string Copied = """
        {"ChecksumCRC32":"2H9+DA==","ChecksumType":"FULL_OBJECT","ETag":"\"098f6bcd4621d373cade4e832627b4f6\"",
        "LastModified":"<time>"}
        """;

    private const string Illegal = """
        400 {"Code":"InvalidRequest","Message":"This copy request is illegal because it is trying to copy an object to
         itself without changing the object's metadata, storage class, website redirect location or encryption
         attributes."}
        """;

    [Fact]
    [RecordedCase("s3: test_s3_copy_metadata_directive_copy")]
    [RecordedCase("s3: test_s3_copy_content_type_and_metadata")]
    public async Task A_copy_keeps_what_the_original_is_like()
    {
        await BucketAsync();
        await OriginalAsync();
        var copy = await CopyAsync(
            "bucket/key", "copy", ("x-amz-metadata-directive", "COPY"), ("x-amz-meta-another-key", "value"));
        Assert.Equal(Copied.ReplaceLineEndings(""), copy.Ok().Text);
        Assert.Equal(Facts("application/json", "key: value", language: true), (await HeadAsync("copy")).Facts);
        (await CopyAsync("bucket/copy", "copy-2")).Ok();
        Assert.Equal(Facts("application/json", "key: value", language: true), (await HeadAsync("copy-2")).Facts);
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_metadata_replace")]
    public async Task A_copy_may_be_like_something_else()
    {
        await BucketAsync();
        await OriginalAsync();
        var copy = await CopyAsync("bucket/key", "copy", ("x-amz-metadata-directive", "REPLACE"),
            ("x-amz-meta-another-key", "value"), ("Content-Type", "image/jpg"));
        Assert.Equal(Copied.ReplaceLineEndings(""), copy.Ok().Text);
        Assert.Equal(Facts("image/jpg", "another-key: value"), (await HeadAsync("copy")).Facts);
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_in_place_metadata_directive")]
    public async Task An_object_is_copied_onto_itself_only_to_change_it()
    {
        await BucketAsync();
        await OriginalAsync();
        Assert.Equal(Illegal.ReplaceLineEndings(""),
            (await CopyAsync("bucket/key", "key", ("x-amz-meta-key2", "value2"))).Fault);
        var replaced = await CopyAsync(
            "bucket/key", "key", ("x-amz-metadata-directive", "REPLACE"), ("x-amz-meta-key2", "value2"));
        Assert.Equal(Copied.ReplaceLineEndings(""), replaced.Ok().Text);
        Assert.Equal(Facts("binary/octet-stream", "key2: value2"), (await HeadAsync("key")).Facts);
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_src_not_exists")]
    public async Task Only_a_version_that_is_there_and_no_delete_marker_is_copied()
    {
        await BucketAsync();
        Assert.Equal(NoSuchBucket, (await CopyAsync("missing-bucket/my-key", "copy")).Fault);
        Assert.Equal(NoSuchKey, (await CopyAsync("bucket/my-key", "copy")).Fault);
        await VersionsAsync();
        var version = await PutAsync("my-key", "test", TestCrc32);
        var marker = (await S3Async("DELETE", "/bucket/my-key")).Ok();
        Assert.Equal(
            "204\nx-amz-delete-marker: true\nx-amz-version-id: <version>", marker.Facts);
        Assert.Equal(NoSuchKey, (await CopyAsync("bucket/my-key", "copy")).Fault);
        Assert.Equal("""
            400 {"Code":"InvalidRequest",
            "Message":"The source of a copy request may not specifically refer to a delete marker by version id."}
            """.ReplaceLineEndings(""),
            (await CopyAsync($"bucket/my-key?versionId={marker.Header("x-amz-version-id")}", "copy")).Fault);
        var copy = await CopyAsync($"bucket/my-key?versionId={version}", "copy");
        Assert.Equal(Copied.ReplaceLineEndings(""), copy.Ok().Text);
        Assert.Equal(version, copy.Header("x-amz-copy-source-version-id"));
        Assert.NotNull(copy.Header("x-amz-version-id"));
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_wrong_format")]
    public async Task The_source_of_a_copy_is_a_bucket_and_a_key()
    {
        await BucketAsync();
        Assert.Equal("""
            400 {"ArgumentName":"x-amz-copy-source","ArgumentValue":"x-amz-copy-source","Code":"InvalidArgument",
            "Message":"Invalid copy source object key"}
            """.ReplaceLineEndings(""), (await CopyAsync("wrongformat", "copy")).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_multipart_copy_object_etag")]
    public async Task A_copy_of_what_came_in_parts_has_the_tag_of_its_bytes()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        (await PartAsync("key", upload, 1, "test content 123")).Ok();
        var complete = await CompleteAsync("key", upload, (1, ETag("test content 123")));
        Assert.Equal("\"b972025bc34adf8d76d6d51e93c035cc-1\"", (string?)complete.Ok().Body!["ETag"]);
        var copy = await CopyAsync("bucket/key", "copy");
        Assert.Equal("""
            {"ChecksumCRC64NVME":"BsLNlKumA5I=","ChecksumType":"FULL_OBJECT",
            "ETag":"\"eee506dd7ada7ded524c77e359a0e7c6\"","LastModified":"<time>"}
            """.ReplaceLineEndings(""), copy.Ok().Text);
    }

    private Task<string?> OriginalAsync() => PutAsync("key", "test", TestCrc32, ("Content-Type", "application/json"),
        ("Content-Language", "en-US"), ("x-amz-meta-key", "value"));

    private Task<Answer> HeadAsync(string key) => S3Async("HEAD", $"/bucket/{key}");

    private static string Facts(string type, string metadata, bool language = false) => $"""
        200
        accept-ranges: bytes
        {(language ? "content-language: en-US\n" : "")}content-length: 4
        content-type: {type}
        etag: "098f6bcd4621d373cade4e832627b4f6"
        last-modified: <time>
        x-amz-meta-{metadata}
        """;
}
