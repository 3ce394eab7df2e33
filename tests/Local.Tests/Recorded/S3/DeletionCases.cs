namespace Isobar.Local.Tests.Recorded.S3;

public sealed class DeletionCases : S3RecordedTest
{
    // Well-formed, and made by nobody.
    private const string MadeUp = "HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD";

    private static readonly string InvalidVersion = $$"""
        400 {"ArgumentName":"versionId","ArgumentValue":"{{MadeUp}}","Code":"InvalidArgument",
        "Message":"Invalid version id specified"}
        """;

    private static readonly string Nothing =
        Page("""
            "EncodingType":"url","IsTruncated":"false","KeyCount":"0","MaxKeys":"1000","Name":"bucket","Prefix":""
            """);

    [Fact]
    [RecordedCase("s3: test_delete_non_existing_keys")]
    public async Task What_is_not_there_is_deleted_too()
    {
        await BucketAsync();
        await PutAsync("test-key-nonexistent");
        Is("""200 {"Deleted":[{"Key":"test-key-nonexistent"},{"Key":"dummy1"},{"Key":"dummy2"}]}""",
            await DeleteAsync("<Object><Key>test-key-nonexistent</Key></Object>"
                + "<Object><Key>dummy1</Key></Object><Object><Key>dummy2</Key></Object>"));
    }

    [Fact]
    [RecordedCase("s3: test_delete_non_existing_keys_quiet")]
    public async Task Quietly_only_errors_are_told()
    {
        await BucketAsync();
        await PutAsync("key");
        Is("200 \"\"", await DeleteAsync(
            "<Quiet>true</Quiet><Object><Key>key</Key></Object><Object><Key>dummy1</Key></Object>"));
    }

    [Fact]
    [RecordedCase("s3: test_s3_batch_delete_objects")]
    public async Task Five_objects_are_deleted_at_once()
    {
        await BucketAsync();
        string[] keys = ["key-0", "key-1", "key-2", "key-3", "key-4"];
        foreach (var key in keys) await PutAsync(key);
        Is($$"""200 {"Deleted":[{{string.Join(',', keys.Select(key => $$"""{"Key":"{{key}}"}"""))}}]}""",
            await DeleteAsync(string.Concat(keys.Select(key => $"<Object><Key>{key}</Key></Object>"))));
        Is("""
            200 {"EncodingType":"url","IsTruncated":"false","Marker":"","MaxKeys":"1000","Name":"bucket","Prefix":""}
            """, await S3Async("GET", "/bucket?encoding-type=url"));
    }

    [Fact]
    [RecordedCase("s3: test_delete_objects_encoding")]
    public async Task A_key_to_delete_is_not_decoded()
    {
        await BucketAsync();
        await PutAsync("a%252Fb", "test");
        await PutAsync("a/%25F0%259F%2598%2580", "test");
        Is(Page("""
            "EncodingType":"url","IsTruncated":"false","KeyCount":"2","MaxKeys":"1000","Name":"bucket","Prefix":""
            """, Contents("test", "a%252Fb", "a/%25F0%259F%2598%2580")),
            await S3Async("GET", "/bucket?list-type=2&encoding-type=url"));
        Is("""200 {"Deleted":[{"Key":"a%2Fb"},{"Key":"a/%F0%9F%98%80"}]}""", await DeleteAsync(
            "<Object><Key>a%2Fb</Key></Object><Object><Key>a/%F0%9F%98%80</Key></Object>"));
        Is(Nothing, await S3Async("GET", "/bucket?list-type=2&encoding-type=url"));
    }

    [Fact]
    [RecordedCase("s3: test_delete_object")]
    public async Task A_version_id_that_S3_never_made_is_refused()
    {
        await BucketAsync();
        await PutAsync("key");
        Is("204", await S3Async("DELETE", "/bucket/key"));
        Is("204", await S3Async("DELETE", "/bucket/key"));
        Is(InvalidVersion, await S3Async("DELETE", $"/bucket/key?versionId={MadeUp}"));
    }

    [Fact]
    [RecordedCase("s3: test_get_object_with_version_unversioned_bucket")]
    public async Task A_bucket_without_versions_has_the_null_version_only()
    {
        await BucketAsync();
        await PutAsync("key");
        Is(InvalidVersion, await S3Async("GET", $"/bucket/key?versionId={MadeUp}"));
        Is(GotWhole("test", checksum: true), await S3Async("GET", "/bucket/key?versionId=null", "", Checksums));
    }

    [Fact]
    [RecordedCase("s3: test_delete_objects")]
    public async Task In_a_list_such_a_version_is_one_that_does_not_exist()
    {
        await BucketAsync();
        await PutAsync("key");
        Is("""
            200 {"Error":{"Code":"NoSuchVersion","Key":"key","Message":"The specified version does not exist.",
            "VersionId":"<version:1>"}}
            """, await DeleteAsync($"<Object><Key>key</Key><VersionId>{MadeUp}</VersionId></Object>"));
        Is("""200 {"Deleted":[{"Key":"key"},{"Key":"c-wrong-key"},{"Key":"a-wrong-key"}]}""", await DeleteAsync(
            "<Object><Key>key</Key></Object><Object><Key>c-wrong-key</Key></Object>"
            + "<Object><Key>a-wrong-key</Key></Object>"));
    }

    [Fact]
    [RecordedCase("s3: test_delete_objects_versioned")]
    public async Task A_list_may_name_versions_and_delete_markers()
    {
        await BucketAsync();
        await VersionsAsync();
        var version = await PutAsync("key");
        var deleted = await DeleteAsync("<Object><Key>key</Key></Object><Object><Key>wrongkey</Key></Object>");
        Is("""
            200 {"Deleted":[{"DeleteMarker":"true","DeleteMarkerVersionId":"<version:2>","Key":"key"},
            {"DeleteMarker":"true","DeleteMarkerVersionId":"<version:3>","Key":"wrongkey"}]}
            """, deleted);
        var marker = (string)deleted.Body!["Deleted"]![0]!["DeleteMarkerVersionId"]!;
        Is("""
            200 {"Deleted":{"DeleteMarker":"true","DeleteMarkerVersionId":"<version:2>","Key":"key",
            "VersionId":"<version:2>"}}
            """, await DeleteAsync($"<Object><Key>key</Key><VersionId>{marker}</VersionId></Object>"));
        Is("""
            200 {"Error":[{"Code":"NoSuchVersion","Key":"key","Message":"The specified version does not exist.",
            "VersionId":"<version:4>"},{"Code":"NoSuchVersion","Key":"wrong-key-2",
            "Message":"The specified version does not exist.","VersionId":"<version:4>"}]}
            """, await DeleteAsync($"<Object><Key>key</Key><VersionId>{MadeUp}</VersionId></Object>"
                + $"<Object><Key>wrong-key-2</Key><VersionId>{MadeUp}</VersionId></Object>"));
        Is("""200 {"Deleted":{"Key":"key","VersionId":"<version:1>"}}""",
            await DeleteAsync($"<Object><Key>key</Key><VersionId>{version}</VersionId></Object>"));
    }

    [Fact]
    [RecordedCase("s3: test_delete_object_versioned")]
    public async Task A_version_that_was_deleted_is_told_from_an_id_that_S3_never_made()
    {
        await BucketAsync();
        await VersionsAsync();
        var version = await PutAsync("my-key");
        var deleted = await S3Async("DELETE", "/bucket/my-key");
        Is(Marked(2), deleted);
        var marker = deleted.Header("x-amz-version-id");
        Is($"404\nx-amz-delete-marker: true\nx-amz-version-id: <version:2>\n{NoSuchKey[4..]}",
            await S3Async("GET", "/bucket/my-key"));
        Is(GotWhole("test", version, checksum: true),
            await S3Async("GET", $"/bucket/my-key?versionId={version}", "", Checksums));
        Is("""
            405
            allow: DELETE
            x-amz-delete-marker: true
            x-amz-version-id: <version:2>
            {"Code":"MethodNotAllowed","Message":"The specified method is not allowed against this resource.",
            "Method":"GET","ResourceType":"DeleteMarker"}
            """, await S3Async("GET", $"/bucket/my-key?versionId={marker}"));
        var again = await S3Async("DELETE", "/bucket/my-key");
        Is(Marked(3), again);
        Is(Page("""
            "EncodingType":"url","IsTruncated":"false","KeyMarker":"","MaxKeys":"1000","Name":"bucket",
            "Prefix":"my-key","VersionIdMarker":""
            """, Versions(("my-key", version, false, "test")),
            Markers(("my-key", again.Header("x-amz-version-id"), true), ("my-key", marker, false))),
            await S3Async("GET", "/bucket?versions&prefix=my-key&encoding-type=url"));

        Is(Marked(2), await S3Async("DELETE", $"/bucket/my-key?versionId={marker}"));
        Is("204\nx-amz-version-id: <version:1>", await S3Async("DELETE", $"/bucket/my-key?versionId={version}"));
        Is("""
            404 {"Code":"NoSuchVersion","Key":"my-key","Message":"The specified version does not exist.",
            "VersionId":"<version:1>"}
            """, await S3Async("GET", $"/bucket/my-key?versionId={version}"));
        Is($$"""
            400 {"ArgumentName":"versionId","ArgumentValue":"{{version![..^4]}}ABCD","Code":"InvalidArgument",
            "Message":"Invalid version id specified"}
            """, await S3Async("DELETE", $"/bucket/my-key?versionId={version[..^4]}ABCD"));
        Is(Marked(4), await S3Async("DELETE", "/bucket/wrong-key"));

        static string Marked(int number) =>
            $"204\nx-amz-delete-marker: true\nx-amz-version-id: <version:{number}>";
    }
}
