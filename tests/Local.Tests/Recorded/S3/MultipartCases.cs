namespace Isobar.Local.Tests.Recorded.S3;

public sealed class MultipartCases : S3RecordedTest
{
    private const int FiveMiB = 5 * 1_048_576;
    private static readonly string Tag = ETag("data");

    [Fact]
    [RecordedCase("s3: test_multipart_no_such_upload")]
    public async Task An_upload_that_is_not_there_takes_nothing()
    {
        await BucketAsync();
        var missing = NoSuchUpload("fakeid");
        Is(missing, await PartAsync("key", "fakeid", 1, "data"));
        Is(missing, await CompleteAsync("key", "fakeid", (1, Tag)));
        Is(missing, await S3Async("DELETE", "/bucket/key?uploadId=fakeid"));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_key_validation")]
    public async Task An_upload_belongs_to_its_key()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        var missing = NoSuchUpload(upload);
        Is(missing, await PartAsync("other", upload, 1, "data"));
        await PutPartAsync("key", upload, 1, "data");
        Is(missing, await CompleteAsync("other", upload, (1, Tag)));
        Is(missing, await S3Async("GET", $"/bucket/other?uploadId={upload}"));
        Is(missing, await S3Async("DELETE", $"/bucket/other?uploadId={upload}"));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_complete_multipart_too_small")]
    public async Task Every_part_but_the_last_has_5_MiB()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        for (var number = 1; number < 3; number++) await PutPartAsync("key", upload, number, "data");
        Is("""400 {"Code":"InvalidRequest","Message":"You must specify at least one part"}""",
            await S3Async("POST", $"/bucket/key?uploadId={upload}"));
        Is("""
            400 {"Code":"EntityTooSmall","ETag":"8d777f385d3dfec8815d20f7496026dc",
            "Message":"Your proposed upload is smaller than the minimum allowed size","MinSizeAllowed":"5242880",
            "PartNumber":"1","ProposedSize":"4"}
            """, await CompleteAsync("key", upload, (1, Tag), (2, Tag)));
    }

    [Fact]
    [RecordedCase("s3: test_multipart_complete_multipart_wrong_part")]
    public async Task An_object_is_made_of_parts_that_are_there()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        await PutPartAsync("key", upload, 1, "data");
        Is(InvalidPart(2, Tag.Trim('"')), await CompleteAsync("key", upload, (2, Tag)));
        const string wrong = "d41d8cd98f00b204e9800998ecf8427e";
        Is(InvalidPart(1, wrong), await CompleteAsync("key", upload, (1, wrong)));
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
            {
                await PutPartAsync(key, upload, number, body);
                parts.Add((number, ETag(body)));
            }

            Is("""
                400 {"ArgumentName":"partNumber","ArgumentValue":"-1","Code":"InvalidArgument",
                "Message":"Part number must be an integer between 1 and 10000, inclusive"}
                """, await PartAsync(key, upload, -1, ""));
            Is($$"""
                400 {"Code":"InvalidPartOrder","Message":"The list of parts was not in ascending order. Parts must be
                 ordered by part number.","UploadId":"{{NameOf("upload", upload)}}"}
                """, await CompleteAsync(key, upload, [.. parts.AsEnumerable().Reverse()]));
            Is(Completed(key, "c7cb0938a47e31f70cf07028d22e6913-3", "Y8LhTZLfnr0="),
                await CompleteAsync(key, upload, [.. parts]));
        }
    }

    [Fact]
    [RecordedCase("s3: test_multipart_overwrite_key")]
    public async Task What_comes_in_parts_replaces_what_was_there()
    {
        await BucketAsync();
        await PutAsync("key", "test content 123");
        var upload = await UploadAsync("key");
        await PutPartAsync("key", upload, 1, "test content 123");
        Is(Completed("key", "b972025bc34adf8d76d6d51e93c035cc-1", "BsLNlKumA5I="),
            await CompleteAsync("key", upload, (1, ETag("test content 123"))));
        Is("""
            200
            accept-ranges: bytes
            content-length: 16
            content-type: binary/octet-stream
            etag: "b972025bc34adf8d76d6d51e93c035cc-1"
            last-modified: <time>
            "test content 123"
            """, await S3Async("GET", "/bucket/key"));
    }

    [Fact]
    [RecordedCase("s3: test_list_parts_pagination")]
    public async Task Parts_are_listed_in_pages()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        await ListAsync("", Parts(0, 0, 1000));
        for (var number = 1; number < 3; number++)
            Is($"200\ncontent-length: 0\netag: {Tag}", await PartAsync("key", upload, number, "data"));
        await ListAsync("", Parts(0, 2, 1000, false, 1, 2));
        await ListAsync("&max-parts=1", Parts(0, 1, 1, true, 1));
        await ListAsync("&max-parts=1&part-number-marker=1", Parts(1, 2, 1, false, 2));
        await ListAsync("&max-parts=1&part-number-marker=10", Parts(10, 0, 1));

        async Task ListAsync(string query, string expected) =>
            Is(expected, await S3Async("GET", $"/bucket/key?uploadId={upload}{query}"));
    }

    [Fact]
    [RecordedCase("s3: test_list_parts_empty_part_number_marker")]
    public async Task An_empty_marker_is_none()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        Is($"200\ncontent-length: 0\netag: {Tag}", await PartAsync("key", upload, 1, "data"));
        foreach (var query in new[] { "part-number-marker=", "max-parts=" })
            Is(Parts(0, 1, 1000, false, 1), await S3Async("GET", $"/bucket/key?uploadId={upload}&{query}"));
    }

    [Fact]
    [RecordedCase("s3: test_get_object_part")]
    public async Task A_part_of_an_object_can_be_read_by_its_number()
    {
        await BucketAsync();
        var upload = await UploadAsync("key");
        var body = new string('a', FiveMiB);
        await PutPartAsync("key", upload, 1, body);
        await PutPartAsync("key", upload, 2, "test content 123");
        const string tag = "c9384e6f343d5538151b35be6d23210a-2";
        Is(Completed("key", tag, "gF+sw2ZX1dY="),
            await CompleteAsync("key", upload, (1, ETag(body)), (2, ETag("test content 123"))));
        const string part = $"""
            206
            accept-ranges: bytes
            content-length: 16
            content-range: bytes 5242880-5242895/5242896
            content-type: binary/octet-stream
            etag: "{tag}"
            last-modified: <time>
            x-amz-mp-parts-count: 2
            """;
        Is(part, await S3Async("HEAD", "/bucket/key?partNumber=2"));
        Is($"{part}\n\"test content 123\"", await S3Async("GET", "/bucket/key?partNumber=2"));
        Is($"{part}\n\"test content 123\"", await S3Async("GET", "/bucket/key?partNumber=2", "", Checksums));

        Is(NotThere(2, 10), await S3Async("GET", "/bucket/key?partNumber=10"));
        Is("""
            400 {"Code":"InvalidRequest",
            "Message":"Cannot specify both Range header and partNumber query parameter"}
            """, await S3Async("GET", "/bucket/key?partNumber=2", "", ("Range", "bytes=0-8")));
        await PutAsync("whole", "test-123");
        Is(NotThere(1, 2), await S3Async("GET", "/bucket/whole?partNumber=2"));
        Is("""
            206
            accept-ranges: bytes
            content-length: 8
            content-range: bytes 0-7/8
            content-type: binary/octet-stream
            etag: "ca6d00e33edff0e9cb3782d31182de33"
            last-modified: <time>
            x-amz-checksum-crc32: MAPXAg==
            x-amz-checksum-type: FULL_OBJECT
            "test-123"
            """, await S3Async("GET", "/bucket/whole?partNumber=1", "", Checksums));
    }

    private string NoSuchUpload(string upload) => $$"""
        404 {"Code":"NoSuchUpload","Message":"The specified upload does not exist. The upload ID may be invalid, or the
         upload may have been aborted or completed.","UploadId":"{{NameOf("upload", upload)}}"}
        """;

    private static string InvalidPart(int number, string tag) => $$"""
        400 {"Code":"InvalidPart","ETag":"{{tag}}","Message":"One or more of the specified parts could not be found.
          The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        "PartNumber":"{{number}}","UploadId":"<upload:1>"}
        """;

    private static string NotThere(int count, int number) => $$"""
        416 {"ActualPartCount":"{{count}}","Code":"InvalidPartNumber",
        "Message":"The requested partnumber is not satisfiable","PartNumberRequested":"{{number}}"}
        """;

    private static string Parts(int marker, int next, int maximum, bool more = false, params int[] numbers) =>
        Page($$"""
            "Bucket":"bucket","Initiator":{"DisplayName":"isobar","ID":"<owner:1>"},
            "IsTruncated":"{{(more ? "true" : "false")}}","Key":"key","MaxParts":"{{maximum}}",
            "NextPartNumberMarker":"{{next}}","Owner":{"ID":"<owner:1>"},"PartNumberMarker":"{{marker}}",
            "StorageClass":"STANDARD","UploadId":"<upload:1>"
            """, ("Part", [.. numbers.Select(number => $$"""
            {"ETag":"\{{Tag[..^1]}}\"","LastModified":"<time>","PartNumber":"{{number}}","Size":"4"}
            """)]));
}
