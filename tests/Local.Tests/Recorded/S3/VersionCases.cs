using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.S3;

public sealed class VersionCases : S3RecordedTest
{
    [Fact]
    [RecordedCase("s3: test_get_object_after_deleted_in_versioned_bucket")]
    public async Task A_deleted_object_is_not_there_though_its_version_is()
    {
        await BucketAsync();
        await VersionsAsync();
        await PutAsync("my-key", "abcdefgh", ("x-amz-checksum-crc32", "ru8qUA=="));
        var read = await S3Async("GET", "/bucket/my-key", "", ("x-amz-checksum-mode", "ENABLED"));
        Assert.Equal("""
            200
            accept-ranges: bytes
            content-length: 8
            content-type: binary/octet-stream
            etag: "e8dc4081b13434b45189a720b77b6818"
            last-modified: <time>
            x-amz-checksum-crc32: ru8qUA==
            x-amz-checksum-type: FULL_OBJECT
            x-amz-version-id: <version>
            """, read.Facts);
        (await S3Async("DELETE", "/bucket/my-key")).Ok();
        Assert.Equal(NoSuchKey, (await S3Async("GET", "/bucket/my-key")).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_get_bucket_versioning_order")]
    public async Task Versions_are_listed_by_key_and_the_newest_first()
    {
        await BucketAsync();
        Assert.Equal(
            """
            {"IsTruncated":"false","KeyMarker":"","MaxKeys":"1000","Name":"bucket","Prefix":"",
            "VersionIdMarker":""} [] []
            """.ReplaceLineEndings(""), Listed(await S3Async("GET", "/bucket?versions")));
        await VersionsAsync();
        Assert.Equal("""{"Status":"Enabled"}""", (await S3Async("GET", "/bucket?versioning")).Ok().Text);
        var ids = new[] { await PutAsync("test"), await PutAsync("test"), await PutAsync("test2") };
        Assert.Equal([$"test {ids[1]} true", $"test {ids[0]} false", $"test2 {ids[2]} true"],
            (await VersionsOfAsync("/bucket?versions")).Versions);
    }

    [Fact]
    [RecordedCase("s3: test_s3_delete_object_with_version_id")]
    public async Task A_version_is_deleted_for_good_by_its_id()
    {
        await BucketAsync();
        await VersionsAsync();
        var (first, second) = (await PutAsync("testkey1.txt"), await PutAsync("testkey2.txt"));
        var answer = await DeleteAsync(
            $"<Object><Key>testkey1.txt</Key><VersionId>{first}</VersionId></Object>");
        var deleted = answer.Ok().Body!["Deleted"]!;
        Assert.Equal($"testkey1.txt {first}", $"{deleted["Key"]} {deleted["VersionId"]}");
        Assert.Equal([$"testkey2.txt {second} true"], (await VersionsOfAsync("/bucket?versions")).Versions);
        await VersionsAsync("Suspended");
        Assert.Equal("""{"Status":"Suspended"}""", (await S3Async("GET", "/bucket?versioning")).Ok().Text);
    }

    [Fact]
    [RecordedCase("s3: test_delete_keys_in_versioned_bucket")]
    public async Task A_delete_marker_covers_the_versions_until_they_are_deleted_too()
    {
        await BucketAsync();
        await VersionsAsync();
        var (first, second) = (await PutAsync("key", "something"), await PutAsync("key", "something-v2"));
        Assert.EndsWith(" [key] []", Listed(await S3Async("GET", "/bucket?list-type=2")), StringComparison.Ordinal);
        var deleted = (await DeleteAsync("<Object><Key>key</Key></Object>")).Ok().Body!["Deleted"]!;
        var marker = (string?)deleted["DeleteMarkerVersionId"];
        Assert.Equal("key true", $"{deleted["Key"]} {deleted["DeleteMarker"]}");
        var (versions, markers) = await VersionsOfAsync("/bucket?versions");
        Assert.Equal([$"key {second} false", $"key {first} false"], versions);
        Assert.Equal([$"key {marker} true"], markers);

        (await DeleteAsync($"<Object><Key>key</Key><VersionId>{first}</VersionId></Object>"
            + $"<Object><Key>key</Key><VersionId>{second}</VersionId></Object>")).Ok();
        Assert.EndsWith(" [] []", Listed(await S3Async("GET", "/bucket?list-type=2")), StringComparison.Ordinal);
        var last = await DeleteAsync($"<Object><Key>key</Key><VersionId>{marker}</VersionId></Object>");
        Assert.Equal($"key {marker} true {marker}", string.Join(' ',
            ((string[])["Key", "VersionId", "DeleteMarker", "DeleteMarkerVersionId"]).Select(
                name => (string?)last.Ok().Body!["Deleted"]![name])));
    }

    [Fact]
    [RecordedCase("s3: test_s3_put_object_versioned")]
    public async Task What_was_put_before_versions_is_the_null_version()
    {
        await BucketAsync();
        Assert.Null(await PutAsync("old"));
        Assert.Equal(["old null true"], (await VersionsOfAsync("/bucket?versions")).Versions);
        Assert.Null((await S3Async("GET", "/bucket/old")).Ok().Header("x-amz-version-id"));
        await VersionsAsync();
        Assert.Equal("null", (await S3Async("GET", "/bucket/old")).Ok().Header("x-amz-version-id"));
        var (first, second) = (await PutAsync("new", "one"), await PutAsync("new", "two"));
        Assert.Equal("two", (await S3Async("GET", "/bucket/new")).Ok().Content);
        Assert.Equal("one", (await S3Async("GET", $"/bucket/new?versionId={first}")).Ok().Content);
        Assert.Equal([$"new {second} true", $"new {first} false", "old null true"],
            (await VersionsOfAsync("/bucket?versions")).Versions);
        await VersionsAsync("Suspended");
        Assert.Null(await PutAsync("new", "three"));
        Assert.Equal("null", (await S3Async("GET", "/bucket/new")).Ok().Header("x-amz-version-id"));
        Assert.Equal(["new null true", $"new {second} false", $"new {first} false", "old null true"],
            (await VersionsOfAsync("/bucket?versions")).Versions);
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
        await PageAsync("max-keys=5",
            [$"test_0 {ids[7]} true", $"test_0 {ids[0]} false", $"test_1 {ids[8]} true"],
            [$"test_0 {ids[4]} false", $"test_1 {ids[5]} false"], $"test_1 {ids[5]}");
        await PageAsync("max-keys=1&key-marker=test_1", [], [$"test_2 {ids[6]} true"], $"test_2 {ids[6]}");
        await PageAsync("max-keys=1&key-marker=test_2", [], [], " ");
        await PageAsync($"max-keys=1&key-marker=test_1&version-id-marker={ids[5]}",
            [$"test_1 {ids[1]} false"], [], $"test_1 {ids[1]}");
        await PageAsync(
            $"max-keys=1&key-marker=test_2&version-id-marker={ids[3]}", [$"test_2 {ids[2]} false"], [], " ");
        await PageAsync("max-keys=1&key-marker=", [$"test_0 {ids[7]} true"], [], $"test_0 {ids[7]}");
        Assert.Equal($$"""
            400 {"ArgumentName":"version-id-marker","ArgumentValue":"{{ids[5]}}","Code":"InvalidArgument",
            "Message":"A version-id marker cannot be specified without a key marker."}
            """.ReplaceLineEndings(""),
            (await S3Async("GET", $"/bucket?versions&max-keys=1&version-id-marker={ids[5]}")).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_list_object_versions_pagination_common_prefixes")]
    public async Task A_page_of_versions_goes_on_behind_a_folded_prefix()
    {
        await BucketAsync();
        await VersionsAsync();
        foreach (var key in new[] { "a/sub/1", "a/sub/2" }) await PutAsync(key);
        var (first, second) = (await PutAsync("a/file1"), await PutAsync("a/file2"));
        const string query = "prefix=a/&delimiter=/&max-keys=1";
        var folded = await S3Async("GET", $"/bucket?versions&{query}&key-marker=a/file2");
        Assert.Equal("a/sub/", (string?)folded.Ok().Body!["CommonPrefixes"]!["Prefix"]);
        await PageAsync($"{query}", [$"a/file1 {first} true"], [], $"a/file1 {first}");
        await PageAsync($"{query}&key-marker=a/file1", [$"a/file2 {second} true"], [], $"a/file2 {second}");
        await PageAsync($"{query}&key-marker=a/sub/", [], [], " ");
        await PageAsync($"{query}&key-marker=a/sub/1", [], [], " ");
    }

    private async Task<string?> MarkAsync(string key) =>
        (await S3Async("DELETE", $"/bucket/{key}")).Ok().Header("x-amz-version-id");

    private async Task PageAsync(string query, string[] versions, string[] markers, string next)
    {
        var answer = await S3Async("GET", $"/bucket?versions&{query}");
        var (listed, marked) = Lists(answer);
        Assert.Equal(versions, listed);
        Assert.Equal(markers, marked);
        Assert.Equal(next, $"{answer.Body!["NextKeyMarker"]} {answer.Body["NextVersionIdMarker"]}");
        Assert.Equal(next == " " ? "false" : "true", (string?)answer.Body["IsTruncated"]);
    }

    private async Task<(IEnumerable<string> Versions, IEnumerable<string> Markers)> VersionsOfAsync(string target) =>
        Lists(await S3Async("GET", target));

    private static (IEnumerable<string> Versions, IEnumerable<string> Markers) Lists(Answer answer)
    {
        return (Lines("Version"), Lines("DeleteMarker"));

        IEnumerable<string> Lines(string name) => Items(answer.Ok().Body![name]).Select(Line);
    }

    private static string Line(JsonNode item) => $"{item["Key"]} {item["VersionId"]} {item["IsLatest"]}";
}
