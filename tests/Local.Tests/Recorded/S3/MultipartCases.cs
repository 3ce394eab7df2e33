namespace Isobar.Local.Tests.Recorded.S3;

public sealed class MultipartCases : S3RecordedTest
{
    private const int FiveMiB = 5 * 1_048_576;
    private static readonly string Tag = ETag("data");

    private static readonly string NoSuchUpload = """
        404 {"Code":"NoSuchUpload","Message":"The specified upload does not exist. The upload ID may be invalid, or the
         upload may have been aborted or completed.","UploadId":"<upload>"}
        """.ReplaceLineEndings("");

    [Fact]
    [RecordedCase("s3: test_multipart_no_such_upload")]
    public async Task An_upload_that_is_not_there_takes_nothing()
    {
        await BucketAsync();
        Assert.Equal(NoSuchUpload, (await PartAsync("key", "fakeid", 1, "data")).Fault);
        Assert.Equal(NoSuchUpload, (await CompleteAsync("key", "fakeid", (1, Tag))).Fault);
        Assert.Equal(NoSuchUpload, (await S3Async("DELETE", "/bucket/key?uploadId=fakeid")).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_multipart_key_validation")]
    public async Task An_upload_belongs_to_its_key()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        Assert.Equal(NoSuchUpload, (await PartAsync("other", upload, 1, "data")).Fault);
        (await PartAsync("key", upload, 1, "data")).Ok();
        Assert.Equal(NoSuchUpload, (await CompleteAsync("other", upload, (1, Tag))).Fault);
        Assert.Equal(NoSuchUpload, (await S3Async("GET", $"/bucket/other?uploadId={upload}")).Fault);
        Assert.Equal(NoSuchUpload, (await S3Async("DELETE", $"/bucket/other?uploadId={upload}")).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_multipart_complete_multipart_too_small")]
    public async Task Every_part_but_the_last_has_5_MiB()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        for (var number = 1; number < 3; number++)
        {
            Assert.Equal("""
                200
                content-length: 0
                etag: "8d777f385d3dfec8815d20f7496026dc"
                x-amz-checksum-crc32: rfPzYw==
                """, (await PartAsync("key", upload, number, "data", ("x-amz-checksum-crc32", "rfPzYw=="))).Facts);
        }

        var none = await S3Async("POST", $"/bucket/key?uploadId={upload}");
        Assert.Equal(
            """400 {"Code":"InvalidRequest","Message":"You must specify at least one part"}""", none.Fault);
        Assert.Equal("""
            400 {"Code":"EntityTooSmall","ETag":"8d777f385d3dfec8815d20f7496026dc",
            "Message":"Your proposed upload is smaller than the minimum allowed size","MinSizeAllowed":"5242880",
            "PartNumber":"1","ProposedSize":"4"}
            """.ReplaceLineEndings(""), (await CompleteAsync("key", upload, (1, Tag), (2, Tag))).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_multipart_complete_multipart_wrong_part")]
    public async Task An_object_is_made_of_parts_that_are_there()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        (await PartAsync("key", upload, 1, "data")).Ok();
        Assert.Equal(InvalidPart(2, Tag.Trim('"')), (await CompleteAsync("key", upload, (2, Tag))).Fault);
        const string wrong = "d41d8cd98f00b204e9800998ecf8427e";
        Assert.Equal(InvalidPart(1, wrong), (await CompleteAsync("key", upload, (1, wrong))).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_complete_multipart_parts_order")]
    public async Task Parts_are_named_in_their_order_with_gaps_if_need_be()
    {
        await BucketAsync();
        var body = new string('a', FiveMiB + 1);
        foreach (var (key, step) in new[] { ("key", 1), ("key-2", 2) })
        {
            var upload = await UploadAsync(key);
            var parts = new List<(int, string)>();
            for (var number = step; number < step * 4; number += step)
                parts.Add((number, (await PartAsync(key, upload, number, body)).Ok().Header("ETag")!));
            Assert.Equal("""
                400 {"ArgumentName":"partNumber","ArgumentValue":"-1","Code":"InvalidArgument",
                "Message":"Part number must be an integer between 1 and 10000, inclusive"}
                """.ReplaceLineEndings(""), (await PartAsync(key, upload, -1, "")).Fault);
            Assert.Equal("""
                400 {"Code":"InvalidPartOrder","Message":"The list of parts was not in ascending order. Parts must be
                 ordered by part number.","UploadId":"<upload>"}
                """.ReplaceLineEndings(""),
                (await CompleteAsync(key, upload, [.. parts.AsEnumerable().Reverse()])).Fault);
            var answer = (await CompleteAsync(key, upload, [.. parts])).Ok();
            answer.Body!.AsObject().Remove("Location");
            Assert.Equal($$"""
                {"Bucket":"bucket","ChecksumCRC64NVME":"Y8LhTZLfnr0=","ChecksumType":"FULL_OBJECT",
                "ETag":"\"c7cb0938a47e31f70cf07028d22e6913-3\"","Key":"{{key}}"}
                """.ReplaceLineEndings(""), answer.Text);
        }
    }

    [Fact]
    [RecordedCase("s3: test_multipart_overwrite_key")]
    public async Task What_comes_in_parts_replaces_what_was_there()
    {
        await BucketAsync();
        await PutAsync("key", "test content 123");
        var upload = await UploadAsync("key");
        (await PartAsync("key", upload, 1, "test content 123")).Ok();
        var answer = await CompleteAsync("key", upload, (1, ETag("test content 123")));
        Assert.Equal("\"b972025bc34adf8d76d6d51e93c035cc-1\" BsLNlKumA5I= FULL_OBJECT", string.Join(' ',
            ((string[])["ETag", "ChecksumCRC64NVME", "ChecksumType"]).Select(name => answer.Ok().Body![name])));
        Assert.Equal("test content 123", (await S3Async("GET", "/bucket/key")).Ok().Content);
    }

    [Fact]
    [RecordedCase("s3: test_list_parts_pagination")]
    public async Task Parts_are_listed_in_pages()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        await PageAsync("", "0", "0", "1000", "false");
        for (var number = 1; number < 3; number++) (await PartAsync("key", upload, number, "data")).Ok();
        await PageAsync("", "0", "2", "1000", "false", "1", "2");
        await PageAsync("&max-parts=1", "0", "1", "1", "true", "1");
        await PageAsync("&max-parts=1&part-number-marker=1", "1", "2", "1", "false", "2");
        await PageAsync("&max-parts=1&part-number-marker=10", "10", "0", "1", "false");

        async Task PageAsync(
            string query, string marker, string next, string maximum, string more, params string[] parts)
        {
            var answer = (await S3Async("GET", $"/bucket/key?uploadId={upload}{query}")).Ok().Body!;
            Assert.Equal(["bucket", "key", upload, "STANDARD", marker, next, maximum, more],
                ((string[])["Bucket", "Key", "UploadId", "StorageClass", "PartNumberMarker", "NextPartNumberMarker",
                    "MaxParts", "IsTruncated"]).Select(name => (string?)answer[name]));
            Assert.Equal(parts.Select(part => $"{part} {Tag} 4"), Items(answer["Part"])
                .Select(part => $"{part["PartNumber"]} {part["ETag"]} {part["Size"]}"));
        }
    }

    [Fact]
    [RecordedCase("s3: test_list_parts_empty_part_number_marker")]
    public async Task An_empty_marker_is_none()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        (await PartAsync("key", upload, 1, "data")).Ok();
        foreach (var query in new[] { "part-number-marker=", "max-parts=" })
        {
            var answer = (await S3Async("GET", $"/bucket/key?uploadId={upload}&{query}")).Ok().Body!;
            Assert.Equal("0 1 1000 1", $"{answer["PartNumberMarker"]} {answer["NextPartNumberMarker"]} "
                + $"{answer["MaxParts"]} {answer["Part"]!["PartNumber"]}");
        }
    }

    [Fact]
    [RecordedCase("s3: test_get_object_part")]
    public async Task A_part_of_an_object_can_be_read_by_its_number()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        var first = (await PartAsync("key", upload, 1, new string('a', FiveMiB))).Ok().Header("ETag")!;
        (await PartAsync("key", upload, 2, "test content 123")).Ok();
        var tag = (string?)(await CompleteAsync("key", upload, (1, first), (2, ETag("test content 123")))).Ok()
            .Body!["ETag"];
        foreach (var method in new[] { "HEAD", "GET" })
        {
            Assert.Equal($"""
                206
                accept-ranges: bytes
                content-length: 16
                content-range: bytes 5242880-5242895/5242896
                content-type: binary/octet-stream
                etag: {tag}
                last-modified: <time>
                x-amz-mp-parts-count: 2
                """, (await S3Async(method, "/bucket/key?partNumber=2")).Facts);
        }

        Assert.Equal(NotThere(2, 10), (await S3Async("GET", "/bucket/key?partNumber=10")).Fault);
        Assert.Equal("""
            400 {"Code":"InvalidRequest",
            "Message":"Cannot specify both Range header and partNumber query parameter"}
            """.ReplaceLineEndings(""),
            (await S3Async("GET", "/bucket/key?partNumber=2", "", ("Range", "bytes=0-8"))).Fault);
        await PutAsync("whole", "test-123", ("x-amz-checksum-crc32", "MAPXAg=="));
        Assert.Equal(NotThere(1, 2), (await S3Async("GET", "/bucket/whole?partNumber=2")).Fault);
        Assert.Equal("""
            206
            accept-ranges: bytes
            content-length: 8
            content-range: bytes 0-7/8
            content-type: binary/octet-stream
            etag: "ca6d00e33edff0e9cb3782d31182de33"
            last-modified: <time>
            x-amz-checksum-crc32: MAPXAg==
            x-amz-checksum-type: FULL_OBJECT
            """, (await S3Async("GET", "/bucket/whole?partNumber=1", "", ("x-amz-checksum-mode", "ENABLED"))).Facts);
    }

    [Fact]
    [RecordedCase("s3: test_list_multiparts_with_prefix_and_delimiter",
        Differs = "ListMultipartUploads is not built.")]
    public async Task Uploads_are_not_listed()
    {
        await BucketAsync();
        await UploadAsync("test/foo/bar/123");
        var answer = await S3Async("GET", "/bucket?uploads&prefix=test/&delimiter=/");
        RecordedAnswer.Differs("200", NotBuilt, answer.Status == 200 ? "200" : answer.Error);
    }

    private static string InvalidPart(int number, string tag) => $$"""
        400 {"Code":"InvalidPart","ETag":"{{tag}}","Message":"One or more of the specified parts could not be found.
          The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        "PartNumber":"{{number}}","UploadId":"<upload>"}
        """.ReplaceLineEndings("");

    private static string NotThere(int count, int number) => $$"""
        416 {"ActualPartCount":"{{count}}","Code":"InvalidPartNumber",
        "Message":"The requested partnumber is not satisfiable","PartNumberRequested":"{{number}}"}
        """.ReplaceLineEndings("");
}
