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
                Is($$"""
                    400 {"Code":"InvalidDigest","Content-MD5":"{{digest}}",
                    "Message":"The Content-MD5 you specified was invalid."}
                    """, await S3Async("PUT", target, "something", ("Content-MD5", digest)));
            }

            // Of an object, AWS writes the expected digest in hexadecimal digits; of a part, as it came.
            var expected = target == "/bucket/key" ? "09891eb590524e35fc73372cddc5d596" : "CYketZBSTjX8czcs3cXVlg==";
            Is($$"""
                400 {"CalculatedDigest":"Q3uTDbhLgHnC3YBKcZNrXw==","Code":"BadDigest","ExpectedDigest":"{{expected}}",
                "Message":"The Content-MD5 you specified did not match what we received."}
                """, await S3Async("PUT", target, "something", ("Content-MD5", "CYketZBSTjX8czcs3cXVlg==")));
            var stored = await S3Async("PUT", target, "something", ("Content-MD5", "Q3uTDbhLgHnC3YBKcZNrXw=="),
                Crc32Header("something"));
            Is(target == "/bucket/key" ? Put("something", null)
                : $"200\ncontent-length: 0\netag: {ETag("something")}\nx-amz-checksum-crc32: {Crc32("something")}",
                stored);
        }
    }

    [Fact]
    [RecordedCase("s3: test_s3_checksum_no_algorithm")]
    public async Task One_checksum_comes_with_an_object_and_goes_with_it()
    {
        await BucketAsync();
        Is("""400 {"Code":"InvalidRequest","Message":"Value for x-amz-checksum-sha256 header is invalid."}""",
            await S3Async("PUT", "/bucket/key", "test data..", ("x-amz-checksum-sha256", "a1b2c3d4")));
        // Neither is a checksum; that there are two comes first.
        Is("""
            400 {"Code":"InvalidRequest",
            "Message":"Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."}
            """, await S3Async("PUT", "/bucket/key", "test data..", ("x-amz-checksum-sha256", "a1b2c3d4"),
            ("x-amz-checksum-crc32", "e5f6a7b8")));
        Is($"""
            200
            content-length: 0
            etag: "e6d9226c2a86b7232933663c13467527"
            x-amz-checksum-sha256: {HelloBlob}
            x-amz-checksum-type: FULL_OBJECT
            """, await S3Async("PUT", "/bucket/key", "test data..", ("x-amz-checksum-sha256", HelloBlob)));
        Is(Got("test data..", more: $"x-amz-checksum-sha256: {HelloBlob}\nx-amz-checksum-type: FULL_OBJECT"),
            await S3Async("HEAD", "/bucket/key", "", Checksums));
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
        Is($$"""400 {"Code":"InvalidRequest","Message":"Value for {{header}} header is invalid."}""",
            await PartAsync("key", upload, 1, "test", (header, "bad")));
        Is($$"""
            400 {"Code":"BadDigest",
            "Message":"The {{algorithm}} you specified did not match the calculated checksum."}
            """, await PartAsync("key", upload, 1, "test", (header, wrong)));
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
            Is($$"""
                200
                x-amz-checksum-algorithm: {{algorithm}}
                x-amz-checksum-type: {{type}}
                {"Bucket":"bucket","Key":"key","UploadId":"<upload:1>"}
                """, answer);
            return;
        }

        Is($$"""
            400 {"Code":"InvalidRequest",
            "Message":"The {{type}} checksum type cannot be used with the {{refused}} checksum algorithm."}
            """, answer);
    }

    [Fact]
    [RecordedCase("s3: test_get_object_attributes", Differs = "GetObjectAttributes is not built.")]
    public async Task The_attributes_of_an_object_are_not_told_by_themselves()
    {
        await BucketAsync();
        await PutAsync("key");
        var answer = await S3Async(
            "GET", "/bucket/key?attributes", "", ("x-amz-object-attributes", "StorageClass,ETag,ObjectSize"));
        RecordedAnswer.Differs(AnswerText.OfExpected("""
            200
            last-modified: <time>
            {"ETag":"098f6bcd4621d373cade4e832627b4f6","ObjectSize":"4","StorageClass":"STANDARD"}
            """), AnswerText.OfExpected("""
            501 {"Code":"NotImplemented","Header":"attributes","Message":"A header or query you provided implies
             functionality that is not implemented.","Value":""}
            """), answer.Whole);
    }
}
