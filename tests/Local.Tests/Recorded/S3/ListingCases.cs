namespace Isobar.Local.Tests.Recorded.S3;

public sealed class ListingCases : S3RecordedTest
{
    private static readonly string[] Folder =
        ["folder/aSubfolder/subFile1", "folder/aSubfolder/subFile2", "folder/file1", "folder/file2"];

    [Theory]
    [InlineData("", "", "[test/foo/bar/123] []")]
    [InlineData("&delimiter=/", "\"Delimiter\":\"/\",", "[] [test/foo/]")]
    [InlineData("&delimiter=%252F", "\"Delimiter\":\"%252F\",", "[test/foo/bar/123] []")]
    [RecordedCase("s3: test_list_objects_with_prefix")]
    public async Task Keys_are_listed_by_prefix_and_folded_at_the_delimiter(string query, string member, string keys)
    {
        await FillAsync("test/foo/bar/123");
        Assert.Equal($$"""
            { {{member}}"EncodingType":"url","IsTruncated":"false","Marker":"","MaxKeys":"1","Name":"bucket",
            "Prefix":"test/"} {{keys}}
            """.ReplaceLineEndings("").Replace("{ ", "{", StringComparison.Ordinal),
            Listed(await S3Async("GET", $"/bucket?prefix=test/&max-keys=1&encoding-type=url{query}")));
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_next_marker")]
    public async Task The_next_marker_is_told_where_there_is_a_delimiter()
    {
        await FillAsync("test_0", "test_1", "test_2");
        await ListAsync("", Page("", 1000), "[test_0,test_1,test_2] []");
        await ListAsync("max-keys=1&delimiter=/", Page("", 1, "test_0", "/"), "[test_0] []");
        await ListAsync("max-keys=1&marker=test_0", Page("test_0", 1, ""), "[test_1] []");
        await ListAsync("max-keys=1&marker=", Page("", 1, ""), "[test_0] []");
    }

    [Fact]
    [RecordedCase("s3: test_s3_list_objects_empty_marker")]
    public async Task An_empty_marker_is_none()
    {
        await FillAsync();
        await ListAsync("marker=", Page("", 1000), "[] []");
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_marker_common_prefixes")]
    public async Task A_page_goes_on_behind_a_folded_prefix()
    {
        await FillAsync(Folder);
        const string query = "prefix=folder/&delimiter=/&max-keys=1";
        await ListAsync(
            query, Page("", 1, "folder/aSubfolder/", "/", "folder/"), "[] [folder/aSubfolder/]");
        await ListAsync($"{query}&marker=folder/aSubfolder/",
            Page("folder/aSubfolder/", 1, "folder/file1", "/", "folder/"), "[folder/file1] []");
        await ListAsync(
            $"{query}&marker=folder/file1", Page("folder/file1", 1, null, "/", "folder/"), "[folder/file2] []");
        await ListAsync($"{query}&marker=folder/aSubfolder/subFile1",
            Page("folder/aSubfolder/subFile1", 1, "folder/file1", "/", "folder/"), "[folder/file1] []");
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
            Assert.Equal($$"""
                {"EncodingType":"url","IsTruncated":"false","KeyCount":"{{keys.Split(',').Length}}","MaxKeys":"1000",
                "Name":"bucket","Prefix":"{{prefix}}"} [{{keys}}] []
                """.ReplaceLineEndings(""),
                Listed(await S3Async("GET", $"/bucket?list-type=2&encoding-type=url&prefix={prefix}")));
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
            ("prefix=test/&max-keys=1", 1, "\"NextContinuationToken\":\"<token>\",", "test/", "test/bar/"),
            ("prefix=test/foo", 1000, "", "test/foo", "test/foo/"),
            ("prefix=test/foo/bar", 1000, "", "test/foo/bar", "test/foo/bar/"),
        })
        {
            Assert.Equal($$"""
                {"Delimiter":"/","EncodingType":"url","IsTruncated":"{{(next.Length > 0 ? "true" : "false")}}",
                "KeyCount":"{{folded.Split(',').Length}}","MaxKeys":"{{maximum}}","Name":"bucket",{{next}}
                "Prefix":"{{prefix}}"} [] [{{folded}}]
                """.ReplaceLineEndings(""),
                Listed(await S3Async("GET", $"/bucket?list-type=2&encoding-type=url&delimiter=/&{query}")));
        }
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_v2_continuation_start_after")]
    public async Task A_token_goes_on_where_the_page_ended_and_outdoes_a_start()
    {
        await FillAsync([.. Enumerable.Range(0, 12).Select(i => $"test_{i}")]);
        var first = await S3Async("GET", "/bucket?list-type=2&max-keys=5");
        Assert.Equal("""
            {"IsTruncated":"true","KeyCount":"5","MaxKeys":"5","Name":"bucket","NextContinuationToken":"<token>",
            "Prefix":""} [test_0,test_1,test_10,test_11,test_2] []
            """.ReplaceLineEndings(""), Listed(first));
        var token = Uri.EscapeDataString((string)first.Body!["NextContinuationToken"]!);
        foreach (var more in new[] { "", "&start-after=test_7" })
        {
            var rest = await S3Async("GET", $"/bucket?list-type=2&continuation-token={token}{more}");
            rest.Ok().Body!.AsObject().Remove("ContinuationToken");
            Assert.StartsWith("""
                {"IsTruncated":"false","KeyCount":"7","MaxKeys":"1000","Name":"bucket","Prefix":""
                """.Trim(), Listed(rest), StringComparison.Ordinal);
            Assert.EndsWith("} [test_3,test_4,test_5,test_6,test_7,test_8,test_9] []", Listed(rest),
                StringComparison.Ordinal);
        }

        Assert.Equal("""
            {"IsTruncated":"false","KeyCount":"2","MaxKeys":"2","Name":"bucket","Prefix":"","StartAfter":"test_7"}
             [test_8,test_9] []
            """.ReplaceLineEndings(""),
            Listed(await S3Async("GET", "/bucket?list-type=2&start-after=test_7&max-keys=2")));
        Assert.Equal("""
            400 {"ArgumentName":"continuation-token","Code":"InvalidArgument",
            "Message":"The continuation token provided is incorrect"}
            """.ReplaceLineEndings(""), (await S3Async("GET", "/bucket?list-type=2&continuation-token=")).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_list_objects_v2_continuation_common_prefixes")]
    public async Task A_token_goes_on_behind_a_folded_prefix()
    {
        await FillAsync(Folder);
        var token = "";
        foreach (var (listed, more) in new[]
        {
            ("[] [folder/aSubfolder/]", true), ("[folder/file1] []", true), ("[folder/file2] []", false),
        })
        {
            var page = await S3Async("GET", $"/bucket?list-type=2&prefix=folder/&delimiter=/&max-keys=1{token}");
            Assert.EndsWith($"}} {listed}", Listed(page), StringComparison.Ordinal);
            Assert.Equal(
                $"1 1 {(more ? "true" : "false")}",
                $"{page.Body!["KeyCount"]} {page.Body["MaxKeys"]} {page.Body["IsTruncated"]}");
            var next = (string?)page.Body["NextContinuationToken"];
            Assert.Equal(more, next is not null);
            token = $"&continuation-token={Uri.EscapeDataString(next ?? "")}";
        }
    }

    [Theory]
    [InlineData("list-type=2&")]
    [InlineData("")]
    [InlineData("versions&")]
    [RecordedCase("s3: test_list_ops_encoding_type_validation[list_objects_v2]")]
    [RecordedCase("s3: test_list_ops_encoding_type_validation[list_objects]")]
    [RecordedCase("s3: test_list_ops_encoding_type_validation[list_object_versions]")]
    public async Task Keys_are_encoded_as_in_a_URL_or_not_at_all(string list)
    {
        await BucketAsync();
        foreach (var value in new[] { "value", "" })
        {
            Assert.Equal($$"""
                400 {"ArgumentName":"encoding-type","ArgumentValue":"{{value}}","Code":"InvalidArgument",
                "Message":"Invalid Encoding Method specified in Request"}
                """.ReplaceLineEndings(""), (await S3Async("GET", $"/bucket?{list}encoding-type={value}")).Fault);
        }
    }

    private async Task FillAsync(params string[] keys)
    {
        await BucketAsync();
        foreach (var key in keys) await PutAsync(key);
    }

    private async Task ListAsync(string query, string page, string keys) =>
        Assert.Equal($"{page} {keys}", Listed(await S3Async("GET", $"/bucket?{query}")));

    /// <param name="next">Null for the last page; empty for one that does not say where the next begins.</param>
    private static string Page(
        string marker, int maximum, string? next = null, string? delimiter = null, string prefix = "")
    {
        var folded = delimiter is null ? "" : $"\"Delimiter\":\"{delimiter}\",";
        var told = string.IsNullOrEmpty(next) ? "" : $"\"NextMarker\":\"{next}\",";
        return $$"""
            { {{folded}}"IsTruncated":"{{(next is null ? "false" : "true")}}","Marker":"{{marker}}",
            "MaxKeys":"{{maximum}}","Name":"bucket",{{told}}"Prefix":"{{prefix}}"}
            """.ReplaceLineEndings("").Replace("{ ", "{", StringComparison.Ordinal);
    }
}
