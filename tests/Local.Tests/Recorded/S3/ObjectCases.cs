using System.Globalization;
using System.Text;

namespace Isobar.Local.Tests.Recorded.S3;

public sealed class ObjectCases : S3RecordedTest
{
    private const string TestFacts = """
        200
        accept-ranges: bytes
        content-length: 4
        content-type: binary/octet-stream
        etag: "098f6bcd4621d373cade4e832627b4f6"
        last-modified: <time>
        x-amz-checksum-crc32: 2H9+DA==
        x-amz-checksum-type: FULL_OBJECT
        """;

    private static readonly (string, string) Checksums = ("x-amz-checksum-mode", "ENABLED");

    [Fact]
    [RecordedCase("s3: test_put_and_get_object_with_utf8_key")]
    public async Task A_key_has_letters_of_every_kind()
    {
        await BucketAsync();
        const string target = "/bucket/%C4%80%F0%9F%92%A9";
        var put = await S3Async("PUT", target, "abc123", ("x-amz-checksum-crc32", "zwK7XA=="));
        Assert.Equal("""
            200
            content-length: 0
            etag: "e99a18c428cb38d5f260853678922e03"
            x-amz-checksum-crc32: zwK7XA==
            x-amz-checksum-type: FULL_OBJECT
            """, put.Facts);
        var read = await S3Async("GET", target, "", Checksums);
        Assert.Equal("""
            200
            accept-ranges: bytes
            content-length: 6
            content-type: binary/octet-stream
            etag: "e99a18c428cb38d5f260853678922e03"
            last-modified: <time>
            x-amz-checksum-crc32: zwK7XA==
            x-amz-checksum-type: FULL_OBJECT
            """, read.Facts);
        Assert.Equal("abc123", read.Content);
    }

    [Fact]
    [RecordedCase("s3: test_metadata_header_character_decoding")]
    public async Task Names_of_metadata_come_back_in_small_letters()
    {
        await BucketAsync();
        await PutAsync("key", "foo", ("x-amz-meta-TEST_META_1", "foo"), ("x-amz-meta-__meta_2", "bar"));
        Assert.Equal("""
            200
            accept-ranges: bytes
            content-length: 3
            content-type: binary/octet-stream
            etag: "acbd18db4cc2f85cedef654fccc4a4d8"
            last-modified: <time>
            x-amz-meta-__meta_2: bar
            x-amz-meta-test_meta_1: foo
            """, (await S3Async("HEAD", "/bucket/key")).Facts);
    }

    [Fact]
    [RecordedCase("s3: test_put_and_get_object_with_content_language_disposition")]
    public async Task What_the_content_is_like_comes_back_as_it_was_put()
    {
        await BucketAsync();
        await PutAsync("key", "abc123", ("Content-Language", "de"), ("Cache-Control", "no-cache"),
            ("Content-Disposition", "attachment; filename=\"foo.jpg\""), ("x-amz-checksum-crc32", "zwK7XA=="));
        Assert.Equal("""
            200
            accept-ranges: bytes
            cache-control: no-cache
            content-disposition: attachment; filename="foo.jpg"
            content-language: de
            content-length: 6
            content-type: binary/octet-stream
            etag: "e99a18c428cb38d5f260853678922e03"
            last-modified: <time>
            x-amz-checksum-crc32: zwK7XA==
            x-amz-checksum-type: FULL_OBJECT
            """, (await S3Async("GET", "/bucket/key", "", Checksums)).Facts);
    }

    [Fact]
    [RecordedCase("s3: test_s3_get_object_header_overrides")]
    public async Task A_reader_may_say_what_the_content_is_like()
    {
        await BucketAsync();
        await PutAsync("key", "something", ("x-amz-checksum-crc32", "Cdox+w=="));
        var answer = await S3Async("GET", "/bucket/key?response-cache-control=max-age%3D74"
            + "&response-content-disposition=attachment%3B%20filename%3D%22foo.jpg%22"
            + "&response-content-encoding=identity&response-content-language=de-DE&response-content-type=image%2Fjpeg"
            + "&response-expires=Wed%2C%2021%20Oct%202015%2007%3A28%3A00%20GMT", "", Checksums);
        Assert.Equal("""
            200
            accept-ranges: bytes
            cache-control: max-age=74
            content-disposition: attachment; filename="foo.jpg"
            content-encoding: identity
            content-language: de-DE
            content-length: 9
            content-type: image/jpeg
            etag: "437b930db84b8079c2dd804a71936b5f"
            expires: Wed, 21 Oct 2015 07:28:00 GMT
            last-modified: <time>
            x-amz-checksum-crc32: Cdox+w==
            x-amz-checksum-type: FULL_OBJECT
            """, answer.Facts);
    }

    [Fact]
    [RecordedCase("s3: test_s3_object_expires")]
    public async Task The_date_of_expiry_comes_back_and_hides_nothing()
    {
        await BucketAsync();
        foreach (var days in new[] { 1, -1 })
        {
            var expires = DateTimeOffset.UtcNow.AddDays(days).ToString("R", CultureInfo.InvariantCulture);
            await PutAsync("key", "foo", ("Expires", expires));
            Assert.Equal($"200\nexpires: {expires}", (await S3Async("HEAD", "/bucket/key")).Head("expires"));
            var read = await S3Async("GET", "/bucket/key");
            Assert.Equal($"200\nexpires: {expires}", read.Head("expires"));
            Assert.Equal("foo", read.Content);
        }
    }

    [Fact]
    [RecordedCase("s3: test_head_object_fields")]
    public async Task HEAD_tells_what_GET_would_or_nothing()
    {
        await BucketAsync();
        await PutAsync("key", "abcdefgh");
        Assert.Equal("""
            200
            accept-ranges: bytes
            content-length: 8
            content-type: binary/octet-stream
            etag: "e8dc4081b13434b45189a720b77b6818"
            last-modified: <time>
            """, (await S3Async("HEAD", "/bucket/key")).Facts);
        Assert.Equal("404", (await S3Async("HEAD", "/bucket/missing")).Fault);
    }

    [Fact]
    [RecordedCase("s3: test_range_header_body_length")]
    [RecordedCase("s3: test_etag_on_get_object_call")]
    public async Task A_stretch_of_an_object_says_which_it_is_and_has_the_object_s_tag()
    {
        await BucketAsync();
        var body = new string('a', 1024) + new string('b', 1024);
        await PutAsync("key", body);
        foreach (var (range, letter) in new[] { ("0-1023", 'a'), ("1024-2047", 'b') })
        {
            var answer = await S3Async("GET", "/bucket/key", "", ("Range", $"bytes={range}"), Checksums);
            Assert.Equal($"""
                206
                accept-ranges: bytes
                content-length: 1024
                content-range: bytes {range}/2048
                content-type: binary/octet-stream
                etag: {ETag(body)}
                last-modified: <time>
                """, answer.Facts);
            Assert.Equal(Encoding.UTF8.GetBytes(new string(letter, 1024)), answer.Bytes);
        }
    }

    [Fact]
    [RecordedCase("s3: test_invalid_range_error")]
    public async Task A_stretch_behind_the_end_is_refused()
    {
        await BucketAsync();
        await PutAsync("my-key", "abcdefgh");
        var answer = await S3Async("GET", "/bucket/my-key", "", ("Range", "bytes=1024-4096"));
        Assert.Equal("""
            416 {"ActualObjectSize":"8","Code":"InvalidRange","Message":"The requested range is not satisfiable",
            "RangeRequested":"bytes=1024-4096"}
            """.ReplaceLineEndings(""), answer.Fault);
    }

    [Fact]
    [RecordedCase("s3: test_range_key_not_exists")]
    public async Task A_stretch_of_nothing_is_not_there()
    {
        await BucketAsync();
        Assert.Equal(NoSuchKey, (await S3Async("GET", "/bucket/my-key", "", ("Range", "bytes=1024-4096"))).Fault);
    }

    [Theory]
    [InlineData("file%252Fname", "file%2Fname")]
    [InlineData("test%40key/", "test@key/")]
    [InlineData("test%25123", "test%123")]
    [InlineData("test%25percent", "test%percent")]
    [InlineData("test%20key/", "test key/")]
    [InlineData("test%20key//", "test key//")]
    [InlineData("test%25123/", "test%123/")]
    [InlineData("a/%25F0%259F%2598%2580/", "a/%F0%9F%98%80/")]
    [RecordedCase("s3: test_put_get_object_special_character")]
    public async Task A_key_is_what_its_URL_decodes_to(string path, string key)
    {
        await BucketAsync();
        await PutAsync(path, "test", TestCrc32);
        Assert.Equal([key], await KeysAsync());
        var read = await S3Async("GET", $"/bucket/{path}", "", Checksums);
        Assert.Equal(TestFacts, read.Facts);
        Assert.Equal("test", read.Content);
        Assert.Equal("204", (await S3Async("DELETE", $"/bucket/{path}")).Facts);
    }

    [Fact]
    [RecordedCase("s3: test_put_get_object_single_character_trailing_slash")]
    public async Task A_slash_at_the_end_belongs_to_the_key()
    {
        await BucketAsync();
        foreach (var key in new[] { "a/", "t/", "u/" })
        {
            await PutAsync(key, "test", TestCrc32);
            Assert.Equal(TestFacts, (await S3Async("GET", $"/bucket/{key}", "", Checksums)).Facts);
        }

        Assert.Equal(["a/", "t/", "u/"], await KeysAsync());
    }

    [Fact]
    [RecordedCase("s3: test_url_encoded_key[True]")]
    public async Task A_key_that_looks_encoded_is_another()
    {
        await BucketAsync();
        foreach (var path in new[] { "test%40key/", "test%2540key", "test%2540key/" }) await PutAsync(path);
        Assert.Equal(["test%40key", "test%40key/", "test@key/"], await KeysAsync());
    }

    [Fact]
    [RecordedCase("s3: test_object_with_slashes_in_key[True]")]
    public async Task Slashes_in_front_belong_to_the_key()
    {
        await BucketAsync();
        foreach (var path in new[] { "/foo", "bar", "/bar/foo/" }) await PutAsync(path);
        Assert.Equal(["/bar/foo/", "/foo", "bar"], await KeysAsync());
        foreach (var path in new[] { "/foo", "bar", "/bar/foo/" })
            Assert.Equal("test", (await S3Async("GET", $"/bucket/{path}")).Ok().Content);
    }

    private async Task<IEnumerable<string>> KeysAsync() => Items(
        (await S3Async("GET", "/bucket?list-type=2")).Ok().Body!["Contents"]).Select(item => (string)item["Key"]!);
}
