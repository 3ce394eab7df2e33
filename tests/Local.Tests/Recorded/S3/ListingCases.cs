namespace Isobar.Local.Tests.Recorded.S3;

public sealed class ListingCases : S3RecordedTest
{
    private const string Body = "content-123";

    private static readonly string[] Folder =
        ["folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2"];

    [Theory]
    [InlineData("", "", false)]
    [InlineData("&delimiter=/", "\"Delimiter\":\"/\",", true)]
    [InlineData("&delimiter=%252F", "\"Delimiter\":\"%252F\",", false)]
    [RecordedCase("s3: test_list_objects_with_prefix")]
    public async Task Keys_are_listed_by_prefix_and_folded_at_the_delimiter(string query, string member, bool folds)
    {
        await FillAsync("test/foo/bar/123");
        var list = folds ? Folded("test/foo/") : OwnedContents(Body, "test/foo/bar/123");
        Is(Page($"""
            {member}"EncodingType":"url","IsTruncated":"false","Marker":"","MaxKeys":"1","Name":"bucket",
            "Prefix":"test/"
            """, list), await S3Async("GET", $"/bucket?prefix=test/&max-keys=1&encoding-type=url{query}"));
        Is(Page("""
            "Delimiter":"/","IsTruncated":"false","Marker":"","MaxKeys":"1000","Name":"bucket","Prefix":"test"
            """, Folded("test/")), await S3Async("GET", "/bucket?prefix=test&delimiter=%2F"));
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_next_marker")]
    public async Task The_next_marker_is_told_where_there_is_a_delimiter()
    {
        await FillAsync("test_0", "test_1", "test_2");
        await ListAsync("", Marked("", 1000), OwnedContents(Body, "test_0", "test_1", "test_2"));
        await ListAsync("&max-keys=1&delimiter=/", Marked("", 1, "test_0", "/"), OwnedContents(Body, "test_0"));
        await ListAsync("&max-keys=1&marker=test_0", Marked("test_0", 1, ""), OwnedContents(Body, "test_1"));
        await ListAsync("&max-keys=1&marker=", Marked("", 1, ""), OwnedContents(Body, "test_0"));
    }

    [Fact]
    [RecordedCase("s3: test_s3_list_objects_empty_marker")]
    public async Task An_empty_marker_is_none()
    {
        await FillAsync();
        await ListAsync("&marker=", Marked("", 1000), Contents(Body));
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_marker_common_prefixes")]
    public async Task A_page_goes_on_behind_a_folded_prefix()
    {
        await FillAsync(Folder);
        await ListAsync("", Marked("", 1000), OwnedContents(Body, Folder));
        const string query = "&prefix=folder/&delimiter=/&max-keys=1";
        await ListAsync(query, Marked("", 1, "folder/aSubfolder/", "/", "folder/"), Folded("folder/aSubfolder/"));
        await ListAsync($"{query}&marker=folder/aSubfolder/",
            Marked("folder/aSubfolder/", 1, "folder/file1", "/", "folder/"), OwnedContents(Body, "folder/file1"));
        await ListAsync($"{query}&marker=folder/file1", Marked("folder/file1", 1, null, "/", "folder/"),
            OwnedContents(Body, "folder/file2"));
        await ListAsync($"{query}&marker=folder/aSubfolder/subFile1",
            Marked("folder/aSubfolder/subFile1", 1, "folder/file1", "/", "folder/"),
            OwnedContents(Body, "folder/file1"));
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_v2_with_prefix")]
    public async Task Keys_are_listed_by_prefix()
    {
        await FillAsync("test/foo/bar/123", "test/foo/bar/456", "test/bar/foo/123");
        foreach (var (prefix, keys) in new[]
        {
            ("test/", "test/bar/foo/123,test/foo/bar/123,test/foo/bar/456"),
            ("test/foo", "test/foo/bar/123,test/foo/bar/456"), ("test/foo/bar", "test/foo/bar/123,test/foo/bar/456"),
        })
        {
            Is(Page($"""
                "EncodingType":"url","IsTruncated":"false","KeyCount":"{keys.Split(',').Length}","MaxKeys":"1000",
                "Name":"bucket","Prefix":"{prefix}"
                """, Contents(Body, keys.Split(','))),
                await S3Async("GET", $"/bucket?list-type=2&encoding-type=url&prefix={prefix}"));
        }
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_v2_with_prefix_and_delimiter")]
    public async Task Keys_below_a_prefix_are_folded_at_the_delimiter()
    {
        await FillAsync("test/foo/bar/123", "test/foo/bar/456", "test/bar/foo/123");
        foreach (var (query, maximum, next, prefix, folded) in new[]
        {
            ("prefix=test/", 1000, "", "test/", "test/bar/,test/foo/"),
            ("prefix=test/&max-keys=1", 1, "\"NextContinuationToken\":\"<token:1>\",", "test/", "test/bar/"),
            ("prefix=test/foo", 1000, "", "test/foo", "test/foo/"),
            ("prefix=test/foo/bar", 1000, "", "test/foo/bar", "test/foo/bar/"),
        })
        {
            Is(Page($"""
                "Delimiter":"/","EncodingType":"url","IsTruncated":"{(next.Length > 0 ? "true" : "false")}",
                "KeyCount":"{folded.Split(',').Length}","MaxKeys":"{maximum}","Name":"bucket",{next}
                "Prefix":"{prefix}"
                """, Folded(folded.Split(','))),
                await S3Async("GET", $"/bucket?list-type=2&encoding-type=url&delimiter=/&{query}"));
        }
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_v2_continuation_start_after")]
    public async Task A_token_goes_on_where_the_page_ended_and_outdoes_a_start()
    {
        await FillAsync([.. Enumerable.Range(0, 12).Select(i => $"test_{i}")]);
        var first = await S3Async("GET", "/bucket?list-type=2&encoding-type=url&max-keys=5");
        Is(Page("""
            "EncodingType":"url","IsTruncated":"true","KeyCount":"5","MaxKeys":"5","Name":"bucket",
            "NextContinuationToken":"<token:1>","Prefix":""
            """, Contents(Body, "test_0", "test_1", "test_10", "test_11", "test_2")), first);
        var token = Uri.EscapeDataString((string)first.Body!["NextContinuationToken"]!);
        foreach (var more in new[] { "", "&start-after=test_7" })
        {
            Is(Page("""
                "ContinuationToken":"<token:1>","EncodingType":"url","IsTruncated":"false","KeyCount":"7",
                "MaxKeys":"1000","Name":"bucket","Prefix":""
                """, Contents(Body, [.. Enumerable.Range(3, 7).Select(i => $"test_{i}")])),
                await S3Async("GET", $"/bucket?list-type=2&encoding-type=url&continuation-token={token}{more}"));
        }

        Is(Page("""
            "EncodingType":"url","IsTruncated":"false","KeyCount":"2","MaxKeys":"2","Name":"bucket","Prefix":"",
            "StartAfter":"test_7"
            """, Contents(Body, "test_8", "test_9")),
            await S3Async("GET", "/bucket?list-type=2&encoding-type=url&start-after=test_7&max-keys=2"));
        Is("""
            400 {"ArgumentName":"continuation-token","Code":"InvalidArgument",
            "Message":"The continuation token provided is incorrect"}
            """, await S3Async("GET", "/bucket?list-type=2&encoding-type=url&continuation-token="));
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_v2_continuation_common_prefixes")]
    public async Task A_token_goes_on_behind_a_folded_prefix()
    {
        await FillAsync(Folder);
        Is(Page("""
            "EncodingType":"url","IsTruncated":"false","KeyCount":"4","MaxKeys":"1000","Name":"bucket","Prefix":""
            """, Contents(Body, Folder)), await S3Async("GET", "/bucket?list-type=2&encoding-type=url"));
        var token = "";
        foreach (var (members, list) in new[]
        {
            ("\"IsTruncated\":\"true\",\"NextContinuationToken\":\"<token:1>\"", Folded("folder/aSubfolder/")),
            ("""
            "IsTruncated":"true","ContinuationToken":"<token:1>","NextContinuationToken":"<token:2>"
            """, Contents(Body, "folder/file1")),
            ("\"IsTruncated\":\"false\",\"ContinuationToken\":\"<token:2>\"", Contents(Body, "folder/file2")),
        })
        {
            var page = await S3Async(
                "GET", $"/bucket?list-type=2&encoding-type=url&prefix=folder/&delimiter=/&max-keys=1{token}");
            Is(Page($"""
                {members},"Delimiter":"/","EncodingType":"url","KeyCount":"1","MaxKeys":"1","Name":"bucket",
                "Prefix":"folder/"
                """, list), page);
            token = $"&continuation-token={Uri.EscapeDataString((string?)page.Body!["NextContinuationToken"] ?? "")}";
        }
    }

    [Theory]
    [InlineData("list-type=2&")]
    [InlineData("")]
    [InlineData("versions&")]
    [InlineData("uploads&")]
    [RecordedCase("s3: test_list_ops_encoding_type_validation[list_objects_v2]")]
    [RecordedCase("s3: test_list_ops_encoding_type_validation[list_objects]")]
    [RecordedCase("s3: test_list_ops_encoding_type_validation[list_object_versions]")]
    [RecordedCase("s3: test_list_ops_encoding_type_validation[list_multipart_uploads]")]
    public async Task Keys_are_encoded_as_in_a_URL_or_not_at_all(string list)
    {
        await BucketAsync();
        foreach (var value in new[] { "value", "" })
        {
            Is($$"""
                400 {"ArgumentName":"encoding-type","ArgumentValue":"{{value}}","Code":"InvalidArgument",
                "Message":"Invalid Encoding Method specified in Request"}
                """, await S3Async("GET", $"/bucket?{list}encoding-type={value}"));
        }
    }

    private async Task FillAsync(params string[] keys)
    {
        await BucketAsync();
        foreach (var key in keys) await PutAsync(key, Body);
    }

    private async Task ListAsync(string query, string members, (string, IReadOnlyList<string>) list) =>
        Is(Page(members, list), await S3Async("GET", $"/bucket?encoding-type=url{query}"));

    /// <param name="next">Null for the last page; empty for one that does not say where the next begins.</param>
    private static string Marked(
        string marker, int maximum, string? next = null, string? delimiter = null, string prefix = "")
    {
        var folded = delimiter is null ? "" : $"\"Delimiter\":\"{delimiter}\",";
        var told = string.IsNullOrEmpty(next) ? "" : $"\"NextMarker\":\"{next}\",";
        return $"""
            {folded}"EncodingType":"url","IsTruncated":"{(next is null ? "false" : "true")}","Marker":"{marker}",
            "MaxKeys":"{maximum}","Name":"bucket",{told}"Prefix":"{prefix}"
            """;
    }
}
