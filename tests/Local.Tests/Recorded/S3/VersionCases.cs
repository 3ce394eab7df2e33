namespace Isobar.Local.Tests.Recorded.S3;

public sealed class VersionCases : S3RecordedTest
{
    [Fact]
    [RecordedCase("s3: test_get_object_after_deleted_in_versioned_bucket")]
    public async Task A_deleted_object_is_not_there_though_its_version_is()
    {
        await BucketAsync();
        await VersionsAsync();
        var version = await PutAsync("my-key", "abcdefgh");
        Is(GotWhole("abcdefgh", version, checksum: true), await S3Async("GET", "/bucket/my-key", "", Checksums));
        Is("204\nx-amz-delete-marker: true\nx-amz-version-id: <version:2>", await S3Async("DELETE", "/bucket/my-key"));
        Is($"404\nx-amz-delete-marker: true\nx-amz-version-id: <version:2>\n{NoSuchKey[4..]}",
            await S3Async("GET", "/bucket/my-key"));
    }

    [Fact]
    [RecordedCase("s3: test_get_bucket_versioning_order")]
    public async Task Versions_are_listed_by_key_and_the_newest_first()
    {
        await BucketAsync();
        await ListAsync("", All);
        await VersionsAsync();
        Is("""200 {"Status":"Enabled"}""", await S3Async("GET", "/bucket?versioning"));
        var ids = new[] { await PutAsync("test"), await PutAsync("test"), await PutAsync("test2") };
        await ListAsync("", All, Versions(
            ("test", ids[1], true, "test"), ("test", ids[0], false, "test"), ("test2", ids[2], true, "test")));
    }

    [Fact]
    [RecordedCase("s3: test_s3_delete_object_with_version_id")]
    public async Task A_version_is_deleted_for_good_by_its_id()
    {
        await BucketAsync();
        await VersionsAsync();
        Is("""200 {"Status":"Enabled"}""", await S3Async("GET", "/bucket?versioning"));
        var (first, second) = (await PutAsync("testkey1.txt"), await PutAsync("testkey2.txt"));
        Is("""200 {"Deleted":{"Key":"testkey1.txt","VersionId":"<version:1>"}}""", await DeleteAsync(
            $"<Object><Key>testkey1.txt</Key><VersionId>{first}</VersionId></Object>"));
        await ListAsync("", All, Versions(("testkey2.txt", second, true, "test")));
        await VersionsAsync("Suspended");
        Is("""200 {"Status":"Suspended"}""", await S3Async("GET", "/bucket?versioning"));
    }

    [Fact]
    [RecordedCase("s3: test_delete_keys_in_versioned_bucket")]
    public async Task A_delete_marker_covers_the_versions_until_they_are_deleted_too()
    {
        await BucketAsync();
        await VersionsAsync();
        var (first, second) = (await PutAsync("key", "something"), await PutAsync("key", "something-v2"));
        Is(Objects(1, Contents("something-v2", "key")),
            await S3Async("GET", "/bucket?list-type=2&encoding-type=url"));
        var deleted = await DeleteAsync("<Object><Key>key</Key></Object>");
        Is("""200 {"Deleted":{"DeleteMarker":"true","DeleteMarkerVersionId":"<version:3>","Key":"key"}}""", deleted);
        var marker = (string?)deleted.Body!["Deleted"]!["DeleteMarkerVersionId"];
        await ListAsync("", All,
            Versions(("key", second, false, "something-v2"), ("key", first, false, "something")),
            Markers(("key", marker, true)));

        Is("""200 {"Deleted":[{"Key":"key","VersionId":"<version:2>"},{"Key":"key","VersionId":"<version:1>"}]}""",
            await DeleteAsync($"<Object><Key>key</Key><VersionId>{second}</VersionId></Object>"
                + $"<Object><Key>key</Key><VersionId>{first}</VersionId></Object>"));
        Is(Objects(0), await S3Async("GET", "/bucket?list-type=2&encoding-type=url"));
        await ListAsync("", All, Markers(("key", marker, true)));
        Is("""
            200 {"Deleted":{"DeleteMarker":"true","DeleteMarkerVersionId":"<version:3>","Key":"key",
            "VersionId":"<version:3>"}}
            """, await DeleteAsync($"<Object><Key>key</Key><VersionId>{marker}</VersionId></Object>"));

        static string Objects(int count, params (string, IReadOnlyList<string>)[] lists) => Page($"""
            "EncodingType":"url","IsTruncated":"false","KeyCount":"{count}","MaxKeys":"1000","Name":"bucket","Prefix":""
            """, lists);
    }

    [Fact]
    [RecordedCase("s3: test_s3_put_object_versioned")]
    public async Task What_was_put_before_versions_is_the_null_version()
    {
        await BucketAsync();
        await PutAsync("old", "before");
        Is(GotWhole("before", checksum: true), await S3Async("GET", "/bucket/old", "", Checksums));
        await ListAsync("", All, Versions(("old", "null", true, "before")));
        await VersionsAsync();
        Is(GotWhole("before", "null", checksum: true), await S3Async("GET", "/bucket/old", "", Checksums));

        var (first, second) = (await PutAsync("new", "one"), await PutAsync("new", "two"));
        var listed = Versions(
            ("new", second, true, "two"), ("new", first, false, "one"), ("old", "null", true, "before"));
        Is(GotWhole("two", second, checksum: true), await S3Async("GET", "/bucket/new", "", Checksums));
        await ListAsync("", All, listed);
        await VersionsAsync("Suspended");
        await ListAsync("", All, listed);
        Is(GotWhole("two", second, checksum: true), await S3Async("GET", "/bucket/new", "", Checksums));
        Is(GotWhole("before", "null", checksum: true), await S3Async("GET", "/bucket/old", "", Checksums));
        await PutAsync("later", "three");
        Is(GotWhole("three", "null", checksum: true), await S3Async("GET", "/bucket/later", "", Checksums));
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_versions_markers")]
    public async Task A_page_of_versions_goes_on_behind_a_key_or_a_version()
    {
        await BucketAsync();
        await VersionsAsync();
        string?[] ids =
        [
            await PutAsync("test_0"), await PutAsync("test_1"), await PutAsync("test_2"), await PutAsync("test_2"),
            await MarkAsync("test_0"), await MarkAsync("test_1"), await MarkAsync("test_2"),
            await PutAsync("test_0"), await PutAsync("test_1"),
        ];
        await ListAsync("", All,
            Versions(("test_0", ids[7], true, "test"), ("test_0", ids[0], false, "test"),
                ("test_1", ids[8], true, "test"), ("test_1", ids[1], false, "test"),
                ("test_2", ids[3], false, "test"), ("test_2", ids[2], false, "test")),
            Markers(("test_0", ids[4], false), ("test_1", ids[5], false), ("test_2", ids[6], true)));
        await ListAsync("&max-keys=5", Marked(5, next: "test_1", nextVersion: ids[5]),
            Versions(("test_0", ids[7], true, "test"), ("test_0", ids[0], false, "test"),
                ("test_1", ids[8], true, "test")),
            Markers(("test_0", ids[4], false), ("test_1", ids[5], false)));
        await ListAsync("&max-keys=1&key-marker=test_1", Marked(1, "test_1", next: "test_2", nextVersion: ids[6]),
            Markers(("test_2", ids[6], true)));
        await ListAsync("&max-keys=1&key-marker=test_2", Marked(1, "test_2"));
        await ListAsync($"&max-keys=1&key-marker=test_1&version-id-marker={ids[5]}",
            Marked(1, "test_1", ids[5], "test_1", ids[1]), Versions(("test_1", ids[1], false, "test")));
        await ListAsync($"&max-keys=1&key-marker=test_2&version-id-marker={ids[3]}", Marked(1, "test_2", ids[3]),
            Versions(("test_2", ids[2], false, "test")));
        await ListAsync("&max-keys=1&key-marker=", Marked(1, next: "test_0", nextVersion: ids[7]),
            Versions(("test_0", ids[7], true, "test")));
        Is($$"""
            400 {"ArgumentName":"version-id-marker","ArgumentValue":"{{NameOf(ids[5])}}","Code":"InvalidArgument",
            "Message":"A version-id marker cannot be specified without a key marker."}
            """, await S3Async("GET", $"/bucket?versions&max-keys=1&version-id-marker={ids[5]}"));
    }

    [Fact]
    [RecordedCase("s3: test_list_object_versions_pagination_common_prefixes")]
    public async Task A_page_of_versions_goes_on_behind_a_folded_prefix()
    {
        await BucketAsync();
        await VersionsAsync();
        string[] keys = ["a/sub/1", "a/sub/2", "a/file1", "a/file2"];
        var ids = new List<string?>();
        foreach (var key in keys) ids.Add(await PutAsync(key));
        var first = Versions(("a/file1", ids[2], true, "test"));
        var second = Versions(("a/file2", ids[3], true, "test"));
        await ListAsync("", All, Versions(("a/file1", ids[2], true, "test"), ("a/file2", ids[3], true, "test"),
            ("a/sub/1", ids[0], true, "test"), ("a/sub/2", ids[1], true, "test")));

        const string query = "&prefix=a/&delimiter=/&max-keys=1";
        await ListAsync(query, Within(Marked(1, next: "a/file1", nextVersion: ids[2])), first);
        await ListAsync($"{query}&key-marker=a/file1",
            Within(Marked(1, "a/file1", next: "a/file2", nextVersion: ids[3])), second);
        await ListAsync($"{query}&key-marker=a/file2", Within(Marked(1, "a/file2")), Folded("a/sub/"));
        await ListAsync($"{query}&key-marker=a/sub/", Within(Marked(1, "a/sub/")));
        await ListAsync($"{query}&key-marker=a/sub/1", Within(Marked(1, "a/sub/1")));

        static string Within(string members) =>
            members.Replace("\"Prefix\":\"\"", "\"Delimiter\":\"/\",\"Prefix\":\"a/\"", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dir/", "dir/subdir/", "dir/test")]
    [InlineData("dir/s", "dir/subdir/", null)]
    [InlineData("dir/test", null, "dir/test")]
    [InlineData("dir/subdir", "dir/subdir/", null)]
    [InlineData("dir/subdir/", null, "dir/subdir/test2")]
    [InlineData("dir/subdir/test2", null, "dir/subdir/test2")]
    [RecordedCase("s3: test_list_objects_versions_with_prefix")]
    public async Task Versions_are_listed_by_prefix_and_folded_at_the_delimiter(
        string prefix, string? folded, string? key)
    {
        await BucketAsync();
        await VersionsAsync();
        var ids = new Dictionary<string, List<string?>>();
        foreach (var put in new[] { "dir/test", "dir/subdir/test2" })
            ids[put] = [await PutAsync(put, "content-v1"), await PutAsync(put, "content-v2")];
        var members = Marked(1000).Replace("\"Prefix\":\"\"", $"\"Delimiter\":\"/\",\"Prefix\":\"{prefix}\"",
            StringComparison.Ordinal);
        await ListAsync($"&delimiter=/&prefix={prefix}", members,
            key is null ? Versions() : Versions(
                (key, ids[key][1], true, "content-v2"), (key, ids[key][0], false, "content-v1")),
            folded is null ? Folded() : Folded(folded));
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_versions_with_prefix_only_and_pagination")]
    public async Task A_page_of_versions_goes_on_behind_a_version_that_was_deleted()
    {
        await BucketAsync();
        await VersionsAsync();
        var ids = new List<string?>();
        for (var i = 0; i < 5; i++) ids.Insert(0, await PutAsync("prefixed_key", $"{i}"));
        await PutAsync("non_prefixed_key");
        var all = ids.Select((id, i) => ("prefixed_key", id, i == 0, $"{4 - i}")).ToArray();
        await ListAsync("&prefix=prefix", Prefixed(Marked(1000)), Versions(all));
        await ListAsync("&prefix=prefix&max-keys=3",
            Prefixed(Marked(3, next: "prefixed_key", nextVersion: ids[2])), Versions(all[..3]));
        await ListAsync("&prefix=prefix&max-keys=4&key-marker=prefixed_key", Prefixed(Marked(4, "prefixed_key")));
        var rest = $"&prefix=prefix&max-keys=5&key-marker=prefixed_key&version-id-marker={ids[2]}";
        await ListAsync(rest, Prefixed(Marked(5, "prefixed_key", ids[2])), Versions(all[3..]));
        foreach (var id in ids[..3])
            Is($"204\nx-amz-version-id: {NameOf(id)}", await S3Async("DELETE", $"/bucket/prefixed_key?versionId={id}"));
        await ListAsync(rest, Prefixed(Marked(5, "prefixed_key", ids[2])),
            Versions(("prefixed_key", ids[3], true, "1"), ("prefixed_key", ids[4], false, "0")));

        static string Prefixed(string members) =>
            members.Replace("\"Prefix\":\"\"", "\"Prefix\":\"prefix\"", StringComparison.Ordinal);
    }

    private string All => Marked(1000);

    private async Task<string?> MarkAsync(string key)
    {
        var answer = await S3Async("DELETE", $"/bucket/{key}");
        var version = answer.Header("x-amz-version-id");
        Is($"204\nx-amz-delete-marker: true\nx-amz-version-id: {NameOf(version)}", answer);
        return version;
    }

    private async Task ListAsync(string query, string members, params (string, IReadOnlyList<string>)[] lists) =>
        Is(Page(members, lists), await S3Async("GET", $"/bucket?versions&encoding-type=url{query}"));

    /// <param name="next">Null for the last page.</param>
    private string Marked(
        int maximum, string key = "", string? version = null, string? next = null, string? nextVersion = null)
    {
        var told = next is null
            ? "" : $"\"NextKeyMarker\":\"{next}\",\"NextVersionIdMarker\":\"{NameOf(nextVersion)}\",";
        return $"""
            "EncodingType":"url","IsTruncated":"{(next is null ? "false" : "true")}","KeyMarker":"{key}",
            "MaxKeys":"{maximum}","Name":"bucket",{told}"Prefix":"",
            "VersionIdMarker":"{(version is null ? "" : NameOf(version))}"
            """;
    }
}
