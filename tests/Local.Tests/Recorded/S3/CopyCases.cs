namespace Isobar.Local.Tests.Recorded.S3;

public sealed class CopyCases : S3RecordedTest
{
    private const string Body = """{"key": "value"}""";

    private const string Illegal = """
        400 {"Code":"InvalidRequest","Message":"This copy request is illegal because it is trying to copy an object to
         itself without changing the object's metadata, storage class, website redirect location or encryption
         attributes."}
        """;

    [Fact]
    [RecordedCase("s3: test_s3_copy_metadata_directive_copy")]
    public async Task A_copy_keeps_what_the_original_is_like()
    {
        await BucketAsync();
        await PutAsync("key", "test", ("Content-Language", "en-US"), ("x-amz-meta-key", "value"));
        const string kept = "content-language: en-US\nx-amz-meta-key: value";
        Is(Got("test", more: kept), await HeadAsync("key"));
        Is(Copied("test"), await CopyAsync(
            "bucket/key", "copy", ("x-amz-metadata-directive", "COPY"), ("x-amz-meta-another-key", "value")));
        Is(Got("test", more: kept), await HeadAsync("copy"));
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_content_type_and_metadata")]
    public async Task A_copy_of_a_copy_keeps_it_too()
    {
        await BucketAsync();
        await PutAsync("key", Body, ("Content-Type", "application/json"), ("x-amz-meta-key", "value"));
        var original = Got(Body, type: "application/json", more: "x-amz-meta-key: value");
        Is(original, await HeadAsync("key"));
        foreach (var (source, copy) in new[] { ("key", "copy"), ("copy", "copy-2") })
        {
            Is(Copied(Body), await CopyAsync($"bucket/{source}", copy));
            Is(original, await HeadAsync(copy));
        }
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_metadata_replace")]
    public async Task A_copy_may_be_like_something_else()
    {
        await BucketAsync();
        await PutAsync("key", Body,
            ("Content-Type", "application/json"), ("Content-Language", "en-US"), ("x-amz-meta-key", "value"));
        Is(Got(Body, type: "application/json", more: "content-language: en-US\nx-amz-meta-key: value"),
            await HeadAsync("key"));
        Is(Copied(Body), await CopyAsync("bucket/key", "copy", ("x-amz-metadata-directive", "REPLACE"),
            ("x-amz-meta-another-key", "value"), ("Content-Type", "image/jpg")));
        Is(Got(Body, type: "image/jpg", more: "x-amz-meta-another-key: value"), await HeadAsync("copy"));
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_in_place_metadata_directive")]
    public async Task An_object_is_copied_onto_itself_only_to_change_it()
    {
        await BucketAsync();
        await PutAsync("key", Body, ("Content-Type", "application/json"), ("x-amz-meta-key", "value"));
        Is(Got(Body, type: "application/json", more: "x-amz-meta-key: value"), await HeadAsync("key"));
        Is(Illegal, await CopyAsync("bucket/key", "key", ("x-amz-meta-key", "value")));

        (string, string) standard = ("x-amz-storage-class", "STANDARD");
        (string, string) replace = ("x-amz-metadata-directive", "REPLACE");
        (string, string) keep = ("x-amz-metadata-directive", "COPY");
        foreach (var (headers, metadata) in new[]
        {
            (new[] { replace, ("x-amz-meta-key2", "value2") }, "x-amz-meta-key2: value2"),
            ([keep, standard], "x-amz-meta-key2: value2"),
            ([keep, standard, ("x-amz-meta-key3", "value3")], "x-amz-meta-key2: value2"),
            ([replace], ""),
        })
        {
            Is(Copied(Body), await CopyAsync("bucket/key", "key", headers));
            Is(Got(Body, more: metadata), await HeadAsync("key"));
        }
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_src_not_exists")]
    public async Task Only_a_version_that_is_there_and_no_delete_marker_is_copied()
    {
        await BucketAsync();
        Is(NoSuchBucket, await CopyAsync("missing-bucket/my-key", "copy"));
        Is(NoSuchKey, await CopyAsync("bucket/my-key", "copy"));
        await VersionsAsync();
        var version = await PutAsync("my-key");
        var marker = await S3Async("DELETE", "/bucket/my-key");
        Is("204\nx-amz-delete-marker: true\nx-amz-version-id: <version:2>", marker);
        Is(NoSuchKey, await CopyAsync("bucket/my-key", "copy"));
        Is("""
            400 {"Code":"InvalidRequest",
            "Message":"The source of a copy request may not specifically refer to a delete marker by version id."}
            """, await CopyAsync($"bucket/my-key?versionId={marker.Header("x-amz-version-id")}", "copy"));
        Is($"""
            200
            x-amz-copy-source-version-id: <version:1>
            x-amz-version-id: <version:3>
            {Copied("test")[4..]}
            """, await CopyAsync($"bucket/my-key?versionId={version}", "copy"));
    }

    [Fact]
    [RecordedCase("s3: test_s3_copy_object_wrong_format")]
    public async Task The_source_of_a_copy_is_a_bucket_and_a_key()
    {
        await BucketAsync();
        Is("""
            400 {"ArgumentName":"x-amz-copy-source","ArgumentValue":"x-amz-copy-source","Code":"InvalidArgument",
            "Message":"Invalid copy source object key"}
            """, await CopyAsync("wrongformat", "copy"));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_copy_object_etag")]
    public async Task A_copy_of_what_came_in_parts_has_the_tag_of_its_bytes()
    {
        await BucketAsync();
        const string body = "test content 123";
        var upload = await UploadAsync("key");
        await PutPartAsync("key", upload, 1, body);
        Is(Completed("key", "b972025bc34adf8d76d6d51e93c035cc-1", "BsLNlKumA5I="),
            await CompleteAsync("key", upload, (1, ETag(body))));
        const string copied = """
            200 {"ChecksumCRC64NVME":"BsLNlKumA5I=","ChecksumType":"FULL_OBJECT",
            "ETag":"\"eee506dd7ada7ded524c77e359a0e7c6\"","LastModified":"<time>"}
            """;
        Is(copied, await CopyAsync("bucket/key", "copy"));
        Is(copied, await CopyAsync("bucket/key", "key", ("x-amz-metadata-directive", "REPLACE")));
        Is(Got(body, more: "x-amz-checksum-crc64nvme: BsLNlKumA5I=\nx-amz-checksum-type: FULL_OBJECT"),
            await S3Async("HEAD", "/bucket/key", "", Checksums));
    }

    [Theory]
    [InlineData("file%252Fname", "file%2Fname")]
    [InlineData("test%40key/", "test@key/")]
    [InlineData("test%20key/", "test key/")]
    [InlineData("test%20key//", "test key//")]
    [InlineData("a/%25F0%259F%2598%2580/", "a/%F0%9F%98%80/")]
    [InlineData("test%2Bkey", "test+key")]
    [RecordedCase("s3: test_copy_object_special_character")]
    public async Task The_source_of_a_copy_is_encoded_as_in_a_URL(string path, string key)
    {
        await BucketAsync();
        await PutAsync(path);
        Is(Copied("test"), await CopyAsync($"bucket/{path}", "copy"));
        Is(Page("\"EncodingType\":\"url\",\"IsTruncated\":\"false\",\"KeyCount\":\"2\",\"MaxKeys\":\"1000\","
            + "\"Name\":\"bucket\",\"Prefix\":\"\"", Contents("test", [.. ((string[])["copy", Uri.EscapeDataString(key)
            .Replace("%2F", "/", StringComparison.Ordinal).Replace("%20", "+", StringComparison.Ordinal)])
            .Order(StringComparer.Ordinal)])),
            await S3Async("GET", "/bucket?list-type=2&encoding-type=url"));
    }

    private Task<Answer> HeadAsync(string key) => S3Async("HEAD", $"/bucket/{key}");

    private static string Copied(string body) => $$"""
        200 {"ChecksumCRC32":"{{Crc32(body)}}","ChecksumType":"FULL_OBJECT","ETag":"\{{ETag(body)[..^1]}}\"",
        "LastModified":"<time>"}
        """;
}
