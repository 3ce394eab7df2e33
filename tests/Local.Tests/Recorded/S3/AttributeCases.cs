namespace Isobar.Local.Tests.Recorded.S3;

public sealed class AttributeCases : S3RecordedTest
{
    private const string All = "StorageClass,ETag,ObjectSize,ObjectParts,Checksum";

    [Fact]
    [RecordedCase("s3: test_get_object_attributes")]
    public async Task An_object_is_described_by_the_attributes_that_are_asked_for()
    {
        await BucketAsync();
        await PutAsync("data.txt", "69\n420\n");
        Is("""
            200
            last-modified: <time>
            {"Checksum":{"ChecksumCRC32":"WC+ANw==","ChecksumType":"FULL_OBJECT"},
            "ETag":"e92499db864217242396e8ef766079a9","ObjectSize":"7","StorageClass":"STANDARD"}
            """, await AttributesAsync("data.txt", All));

        var body = new string('a', 5 * 1_048_576);
        var upload = await UploadAsync("parts");
        await PutPartAsync("parts", upload, 1, body);
        await PutPartAsync("parts", upload, 2, "test content 123");
        const string tag = "c9384e6f343d5538151b35be6d23210a-2", crc64 = "gF+sw2ZX1dY=";
        Is(Completed("parts", tag, crc64),
            await CompleteAsync("parts", upload, (1, ETag(body)), (2, ETag("test content 123"))));
        Is($$"""
            200
            last-modified: <time>
            {"ETag":"{{tag}}","ObjectParts":{"PartsCount":"2"},"ObjectSize":"5242896","StorageClass":"STANDARD"}
            """, await AttributesAsync("parts", "StorageClass,ETag,ObjectSize,ObjectParts", ("x-amz-max-parts", "3")));
        Is($$"""
            200
            last-modified: <time>
            {"Checksum":{"ChecksumCRC64NVME":"{{crc64}}","ChecksumType":"FULL_OBJECT"},"ETag":"{{tag}}",
            "ObjectSize":"5242896","StorageClass":"STANDARD"}
            """, await AttributesAsync("parts", "StorageClass,ETag,ObjectSize,Checksum", ("x-amz-max-parts", "3")));
    }

    [Fact]
    [RecordedCase("s3: test_get_object_attributes_versioned")]
    public async Task A_version_is_described_and_a_deleted_object_is_not()
    {
        await BucketAsync();
        await VersionsAsync();
        var first = await PutAsync("my-key", "69\n420\n");
        await PutAsync("my-key", "version 2");
        Is("""
            200
            last-modified: <time>
            x-amz-version-id: <version:2>
            {"Checksum":{"ChecksumCRC32":"44ffIg==","ChecksumType":"FULL_OBJECT"},
            "ETag":"d4ca1ed7571e2e7b1f1c375bd50fa220","ObjectSize":"9","StorageClass":"STANDARD"}
            """, await AttributesAsync("my-key", All));
        Is("204\nx-amz-delete-marker: true\nx-amz-version-id: <version:3>", await S3Async("DELETE", "/bucket/my-key"));
        Is($"404\nx-amz-delete-marker: true\nx-amz-version-id: <version:3>\n{NoSuchKey[4..]}",
            await AttributesAsync("my-key", "StorageClass,ETag,ObjectSize"));
        Is("""
            200
            last-modified: <time>
            x-amz-version-id: <version:1>
            {"ETag":"e92499db864217242396e8ef766079a9","ObjectSize":"7","StorageClass":"STANDARD"}
            """, await S3Async("GET", $"/bucket/my-key?attributes&versionId={first}", "",
            ("x-amz-object-attributes", "StorageClass,ETag,ObjectSize")));
    }

    private Task<Answer> AttributesAsync(string key, string names, params (string, string)[] headers) =>
        S3Async("GET", $"/bucket/{key}?attributes", "", [("x-amz-object-attributes", names), .. headers]);
}
