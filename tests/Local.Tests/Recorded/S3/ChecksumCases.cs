namespace Isobar.Local.Tests.Recorded.S3;

public sealed class ChecksumCases : S3RecordedTest
{
    private const string HelloBlob = "2l26x0trnT0r2AvakoFk2MB7eKVKzYESLMxSAKAzoik=";

    [Fact]
    [RecordedCase("s3: test_s3_invalid_content_md5")]
    public async Task A_digest_that_is_none_or_does_not_match_is_told_with_what_was_sent()
    {
        await BucketAsync();
        var upload = await UploadAsync("parts");
        foreach (var target in new[] { "/bucket/key", $"/bucket/parts?partNumber=1&uploadId={upload}" })
        {
            foreach (var digest in new[]
            {
                "__invalid__", "000", "not base64 encoded checksum", "MTIz", "dGVzdC1zdHJpbmc=",
            })
            {
                Assert.Equal($$"""
                    400 {"Code":"InvalidDigest","Content-MD5":"{{digest}}",
                    "Message":"The Content-MD5 you specified was invalid."}
                    """.ReplaceLineEndings(""),
                    (await S3Async("PUT", target, "something", ("Content-MD5", digest))).Fault);
            }

            var other = await S3Async("PUT", target, "something", ("Content-MD5", "CYketZBSTjX8czcs3cXVlg=="));
            // Of an object, AWS writes the expected digest in hexadecimal digits; of a part, as it came.
            var expected = target == "/bucket/key" ? "09891eb590524e35fc73372cddc5d596" : "CYketZBSTjX8czcs3cXVlg==";
            Assert.Equal($$"""
                400 {"CalculatedDigest":"Q3uTDbhLgHnC3YBKcZNrXw==","Code":"BadDigest","ExpectedDigest":"{{expected}}",
                "Message":"The Content-MD5 you specified did not match what we received."}
                """.ReplaceLineEndings(""), other.Fault);
            (await S3Async("PUT", target, "something", ("Content-MD5", "Q3uTDbhLgHnC3YBKcZNrXw=="))).Ok();
        }
    }

    [Fact]
    [RecordedCase("s3: test_s3_checksum_no_algorithm")]
    public async Task One_checksum_comes_with_an_object_and_goes_with_it()
    {
        await BucketAsync();
        Assert.Equal(
            """400 {"Code":"InvalidRequest","Message":"Value for x-amz-checksum-sha256 header is invalid."}""",
            (await S3Async("PUT", "/bucket/key", "test data..", ("x-amz-checksum-sha256", "TEST"))).Fault);
        var two = await S3Async("PUT", "/bucket/key", "test data..", ("x-amz-checksum-sha256", HelloBlob),
            ("x-amz-checksum-crc32", "cZWHwQ=="));
        Assert.Equal("""
            400 {"Code":"InvalidRequest",
            "Message":"Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."}
            """.ReplaceLineEndings(""), two.Fault);
        Assert.Equal($"""
            200
            content-length: 0
            etag: "e6d9226c2a86b7232933663c13467527"
            x-amz-checksum-sha256: {HelloBlob}
            x-amz-checksum-type: FULL_OBJECT
            """, (await S3Async("PUT", "/bucket/key", "test data..", ("x-amz-checksum-sha256", HelloBlob))).Facts);
        Assert.Equal($"""
            200
            accept-ranges: bytes
            content-length: 11
            content-type: binary/octet-stream
            etag: "e6d9226c2a86b7232933663c13467527"
            last-modified: <time>
            x-amz-checksum-sha256: {HelloBlob}
            x-amz-checksum-type: FULL_OBJECT
            """, (await S3Async("HEAD", "/bucket/key", "", ("x-amz-checksum-mode", "ENABLED"))).Facts);
    }

    [Theory]
    [InlineData("CRC32", "2H9+DQ==")]
    [InlineData("CRC32C", "AAAAAA==")]
    [InlineData("SHA1", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("SHA256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("CRC64NVME", "AAAAAAAAAAA=")]
    [RecordedCase("s3: test_multipart_upload_part_checksum_exception")]
    public async Task A_part_is_held_against_its_checksum(string algorithm, string wrong)
    {
        await BucketAsync();
        var upload = await UploadAsync("key", ("x-amz-checksum-algorithm", algorithm));
        var header = $"x-amz-checksum-{algorithm.ToLowerInvariant()}";
        Assert.Equal(
            $$"""400 {"Code":"InvalidRequest","Message":"Value for {{header}} header is invalid."}""",
            (await PartAsync("key", upload, 1, "test", (header, "bad"))).Fault);
        Assert.Equal($$"""
            400 {"Code":"BadDigest",
            "Message":"The {{algorithm}} you specified did not match the calculated checksum."}
            """.ReplaceLineEndings(""), (await PartAsync("key", upload, 1, "test", (header, wrong))).Fault);
    }

    [Theory]
    [InlineData("CRC32", "COMPOSITE", null)]
    [InlineData("CRC32C", "COMPOSITE", null)]
    [InlineData("SHA1", "COMPOSITE", null)]
    [InlineData("SHA256", "COMPOSITE", null)]
    [InlineData("CRC64NVME", "COMPOSITE", "crc64nvme")]
    [InlineData("CRC32", "FULL_OBJECT", null)]
    [InlineData("CRC32C", "FULL_OBJECT", null)]
    [InlineData("SHA1", "FULL_OBJECT", "sha1")]
    [InlineData("SHA256", "FULL_OBJECT", "sha256")]
    [InlineData("CRC64NVME", "FULL_OBJECT", null)]
    [RecordedCase("s3: test_multipart_checksum_type_compatibility")]
    public async Task Not_every_checksum_is_one_of_the_whole_and_not_every_one_is_put_together(
        string algorithm, string type, string? refused)
    {
        await BucketAsync();
        var answer = await S3Async("POST", "/bucket/key?uploads", "",
            ("x-amz-checksum-algorithm", algorithm), ("x-amz-checksum-type", type));
        if (refused is null)
        {
            Assert.Equal($"200\nx-amz-checksum-algorithm: {algorithm}\nx-amz-checksum-type: {type}",
                answer.Head("x-amz-checksum-algorithm", "x-amz-checksum-type"));
            return;
        }

        Assert.Equal($$"""
            400 {"Code":"InvalidRequest",
            "Message":"The {{type}} checksum type cannot be used with the {{refused}} checksum algorithm."}
            """.ReplaceLineEndings(""), answer.Fault);
    }

    [Fact]
    [RecordedCase("s3: test_get_object_attributes", Differs = "GetObjectAttributes is not built.")]
    public async Task The_attributes_of_an_object_are_not_told_by_themselves()
    {
        await BucketAsync();
        await PutAsync("key");
        var answer = await S3Async(
            "GET", "/bucket/key?attributes", "", ("x-amz-object-attributes", "StorageClass,ETag,ObjectSize"));
        RecordedAnswer.Differs("200", NotBuilt, answer.Status == 200 ? "200" : answer.Error);
    }
}
