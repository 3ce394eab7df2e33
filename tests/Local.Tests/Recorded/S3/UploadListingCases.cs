namespace Isobar.Local.Tests.Recorded.S3;

public sealed class UploadListingCases : S3RecordedTest
{
    [Fact]
    [RecordedCase("s3: test_list_multiparts_next_marker")]
    public async Task A_page_of_uploads_goes_on_behind_a_key_or_an_upload()
    {
        await BucketAsync();
        await ListAsync("", Marked(1000));
        var (c, b) = (await UploadAsync("test_c"), await UploadAsync("test_b"));
        string[] a = [await UploadAsync("test_a"), await UploadAsync("test_a"), await UploadAsync("test_a")];
        await ListAsync("", Marked(1000, next: ("test_c", c)), Uploads(
            ("test_a", a[0]), ("test_a", a[1]), ("test_a", a[2]), ("test_b", b), ("test_c", c)));
        var (first, second) = (Uploads(("test_a", a[0])), Uploads(("test_b", b)));
        await ListAsync("&max-uploads=1", Marked(1, next: ("test_a", a[0]), more: true), first);
        await ListAsync(
            "&max-uploads=1&key-marker=test_a", Marked(1, "test_a", next: ("test_b", b), more: true), second);
        await ListAsync("&max-uploads=1&key-marker=test_c", Marked(1, "test_c"));
        await ListAsync(
            $"&max-uploads=1&upload-id-marker={a[0]}", Marked(1, next: ("test_a", a[0]), more: true), first);
        await ListAsync($"&max-uploads=1&key-marker=test_a&upload-id-marker={a[0]}",
            Marked(1, "test_a", a[0], ("test_a", a[1]), more: true), Uploads(("test_a", a[1])));
        await ListAsync($"&max-uploads=1&key-marker=test_a&upload-id-marker={a[2]}",
            Marked(1, "test_a", a[2], ("test_b", b), more: true), second);
        await ListAsync($"&max-uploads=1&key-marker=test_b&upload-id-marker={b}",
            Marked(1, "test_b", b, ("test_c", c)), Uploads(("test_c", c)));
        Is($$"""
            400 {"ArgumentName":"upload-id-marker","ArgumentValue":"{{NameOf("upload", b)}}","Code":"InvalidArgument",
            "Message":"Invalid uploadId marker"}
            """, await S3Async("GET", $"/bucket?uploads&max-uploads=1&key-marker=test_c&upload-id-marker={b}"));
        await ListAsync("&max-uploads=1&key-marker=", Marked(1, next: ("test_a", a[0]), more: true), first);
    }

    [Fact]
    [RecordedCase("s3: test_list_multiparts_with_prefix_and_delimiter")]
    public async Task Uploads_are_listed_by_prefix_and_folded_at_the_delimiter()
    {
        await BucketAsync();
        var (first, second) = (await UploadAsync("test/foo/bar/123"), await UploadAsync("test/foo/bar/456"));
        await UploadAsync("test/bar/foo/123");
        foreach (var (prefix, folded) in new[]
        {
            ("test/", new[] { "test/bar/", "test/foo/" }), ("test/foo/", ["test/foo/bar/"]),
            ("test/foo/bar", ["test/foo/bar/"]),
        })
        {
            await ListAsync($"&encoding-type=url&delimiter=/&prefix={prefix}", $"""
                {Marked(1000)},"Delimiter":"/","EncodingType":"url","Prefix":"{prefix}"
                """, Folded(folded));
        }

        await ListAsync("&prefix=test%2Ffoo",
            $"{Marked(1000, next: ("test/foo/bar/456", second))},\"Prefix\":\"test/foo\"",
            Uploads(("test/foo/bar/123", first), ("test/foo/bar/456", second)));
    }

    [Fact]
    [RecordedCase("s3: test_list_multipart_uploads_marker_common_prefixes")]
    public async Task After_a_folded_prefix_no_marker_is_told()
    {
        await BucketAsync();
        await UploadAsync("folder/aSubfolder/subFile1");
        await UploadAsync("folder/aSubfolder/subFile2");
        var file = await UploadAsync("folder/file1");
        await UploadAsync("folder/file2");
        const string query = "&prefix=folder/&delimiter=/&max-uploads=1";
        const string within = ",\"Delimiter\":\"/\",\"Prefix\":\"folder/\"";
        await ListAsync(query, Marked(1, more: true) + within, Folded("folder/aSubfolder/"));
        foreach (var marker in new[] { "folder/aSubfolder/", "folder/aSubfolder/subFile1" })
        {
            await ListAsync($"{query}&key-marker={marker}",
                Marked(1, marker, next: ("folder/file1", file), more: true) + within, Uploads(("folder/file1", file)));
        }
    }

    private async Task ListAsync(string query, string members, params (string, IReadOnlyList<string>)[] lists) =>
        Is(Page(members, lists), await S3Async("GET", $"/bucket?uploads{query}"));

    /// <param name="next">What the page ends with; null without an upload.</param>
    private string Marked(
        int maximum, string key = "", string? upload = null, (string Key, string Id)? next = null, bool more = false) =>
        $"""
        "Bucket":"bucket","IsTruncated":"{(more ? "true" : "false")}","KeyMarker":"{key}","MaxUploads":"{maximum}",
        "NextKeyMarker":"{next?.Key}","NextUploadIdMarker":"{(next is { } last ? NameOf("upload", last.Id) : "")}",
        "UploadIdMarker":"{(upload is null ? "" : NameOf("upload", upload))}"
        """;
}
