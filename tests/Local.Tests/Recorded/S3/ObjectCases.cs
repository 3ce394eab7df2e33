using System.Globalization;
using System.Text;

namespace Isobar.Local.Tests.Recorded.S3;

public sealed class ObjectCases : S3RecordedTest
{
    [Fact]
    [RecordedCase("s3: test_put_and_get_object_with_utf8_key")]
    public async Task A_key_has_letters_of_every_kind()
    {
        await BucketAsync();
        const string path = "%C4%80%F0%9F%92%A9";
        await PutAsync(path, "abc123");
        Is(GotWhole("abc123", checksum: true), await S3Async("GET", $"/bucket/{path}", "", Checksums));
    }

    [Fact]
    [RecordedCase("s3: test_metadata_header_character_decoding")]
    public async Task Names_of_metadata_come_back_in_small_letters()
    {
        await BucketAsync();
        await PutAsync("key", "foo", ("x-amz-meta-TEST_META_1", "foo"), ("x-amz-meta-__meta_2", "bar"));
        Is(Got("foo", more: "x-amz-meta-__meta_2: bar\nx-amz-meta-test_meta_1: foo"),
            await S3Async("HEAD", "/bucket/key"));
    }

    [Fact]
    [RecordedCase("s3: test_put_and_get_object_with_content_language_disposition")]
    public async Task What_the_content_is_like_comes_back_as_it_was_put()
    {
        await BucketAsync();
        await PutAsync("key", "abc123", ("Content-Language", "de"), ("Cache-Control", "no-cache"),
            ("Content-Disposition", "attachment; filename=\"foo.jpg\""));
        Is($"""
            {Got("abc123", checksum: true)}
            cache-control: no-cache
            content-disposition: attachment; filename="foo.jpg"
            content-language: de
            "abc123"
            """, await S3Async("GET", "/bucket/key", "", Checksums));
    }

    [Fact]
    [RecordedCase("s3: test_s3_get_object_header_overrides")]
    public async Task A_reader_may_say_what_the_content_is_like()
    {
        await BucketAsync();
        await PutAsync("key", "something");
        Is($"""
            {Got("something", checksum: true, type: "image/jpeg")}
            cache-control: max-age=74
            content-disposition: attachment; filename="foo.jpg"
            content-encoding: identity
            content-language: de-DE
            expires: Wed, 21 Oct 2015 07:28:00 GMT
            "something"
            """, await S3Async("GET", "/bucket/key?response-cache-control=max-age%3D74"
            + "&response-content-disposition=attachment%3B%20filename%3D%22foo.jpg%22"
            + "&response-content-encoding=identity&response-content-language=de-DE&response-content-type=image%2Fjpeg"
            + "&response-expires=Wed%2C%2021%20Oct%202015%2007%3A28%3A00%20GMT", "", Checksums));
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
            Is(Got("foo", more: $"expires: {expires}"), await S3Async("HEAD", "/bucket/key"));
            Is($"{Got("foo", checksum: true)}\nexpires: {expires}\n\"foo\"",
                await S3Async("GET", "/bucket/key", "", Checksums));
        }
    }

    [Fact]
    [RecordedCase("s3: test_head_object_fields")]
    public async Task HEAD_tells_what_GET_would_or_nothing()
    {
        await BucketAsync();
        await PutAsync("key", "abcdefgh");
        Is(Got("abcdefgh"), await S3Async("HEAD", "/bucket/key"));
        Is("404", await S3Async("HEAD", "/bucket/missing"));
    }

    [Fact]
    [RecordedCase("s3: test_range_header_body_length")]
    public async Task A_stretch_of_an_object_says_which_it_is()
    {
        await BucketAsync();
        var body = new string('a', 1024) + new string('b', 1024);
        await PutAsync("key", body);
        foreach (var (range, digest) in new[]
        {
            ("0-1023", "c9a34cfc85d982698c6ac89f76071abd"), ("1024-2047", "bbe6402cdc9b7e2036fc97e9a91726cd"),
        })
        {
            Is($"""
                206
                accept-ranges: bytes
                content-length: 1024
                content-range: bytes {range}/2048
                content-type: binary/octet-stream
                etag: {ETag(body)}
                last-modified: <time>
                "1024 bytes, MD5 {digest}"
                """, await S3Async("GET", "/bucket/key", "", ("Range", $"bytes={range}"), Checksums));
        }
    }

    [Fact]
    [RecordedCase("s3: test_etag_on_get_object_call")]
    public async Task A_stretch_of_an_object_has_the_object_s_tag()
    {
        await BucketAsync();
        var body = string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet, ... ", 30));
        await PutAsync("key", body);
        Is($"{Got(body, checksum: true)}\n\"960 bytes, MD5 c289c6e309be295fe68af649d1e6c6ec\"",
            await S3Async("GET", "/bucket/key", "", Checksums));
        Is("""
            206
            accept-ranges: bytes
            content-length: 17
            content-range: bytes 0-16/960
            content-type: binary/octet-stream
            etag: "c289c6e309be295fe68af649d1e6c6ec"
            last-modified: <time>
            "Lorem ipsum dolor"
            """, await S3Async("GET", "/bucket/key", "", ("Range", "bytes=0-16"), Checksums));
    }

    [Theory]
    [InlineData("bytes=0-8", "0-8", "012345678")]
    [InlineData("bytes=1-1", "1-1", "1")]
    [InlineData("bytes=1-0", null, "0123456789")]
    [InlineData("bytes=1-", "1-9", "123456789")]
    [InlineData("bytes=-1-", null, "0123456789")]
    [InlineData("bytes=-2", "8-9", "89")]
    [InlineData("bytes=-9", "1-9", "123456789")]
    [InlineData("bytes=-15", "0-9", "0123456789")]
    [InlineData("bytes=0-100", "0-9", "0123456789")]
    [InlineData("bytes=0-0", "0-0", "0")]
    [InlineData("bytes=0--1", null, "0123456789")]
    [InlineData("bytes=0-1,3-4,7-9", null, "0123456789")]
    [InlineData("0-1", null, "0123456789")]
    [InlineData("bytes=-", null, "0123456789")]
    [InlineData("bytes=-0", "", "")]
    [InlineData("bytes=100-200", "", "")]
    [RecordedCase("s3: test_get_object_range")]
    public async Task A_range_that_is_none_means_the_whole_and_one_without_bytes_is_refused(
        string range, string? part, string bytes)
    {
        await BucketAsync();
        await PutAsync("key", "0123456789");
        var answer = await S3Async("GET", "/bucket/key", "", ("Range", range), Checksums);
        if (part is "")
        {
            Is($$"""
                416
                content-range: bytes */10
                {"ActualObjectSize":"10","Code":"InvalidRange","Message":"The requested range is not satisfiable",
                "RangeRequested":"{{range}}"}
                """, answer);
            return;
        }

        var whole = bytes.Length == 10 ? "\nx-amz-checksum-crc32: poTHxg==\nx-amz-checksum-type: FULL_OBJECT" : "";
        Is($"""
            {(part is null ? 200 : 206)}
            accept-ranges: bytes
            content-length: {bytes.Length}
            content-type: binary/octet-stream
            etag: "781e5e245d69b566979b86e28d23f2c7"
            last-modified: <time>{whole}{(part is null ? "" : $"\ncontent-range: bytes {part}/10")}
            "{bytes}"
            """, answer);
    }

    [Fact]
    [RecordedCase("s3: test_invalid_range_error")]
    public async Task A_stretch_behind_the_end_is_refused()
    {
        await BucketAsync();
        await PutAsync("my-key", "abcdefgh");
        Is("""
            416
            content-range: bytes */8
            {"ActualObjectSize":"8","Code":"InvalidRange","Message":"The requested range is not satisfiable",
            "RangeRequested":"bytes=1024-4096"}
            """, await S3Async("GET", "/bucket/my-key", "", ("Range", "bytes=1024-4096")));
    }

    [Fact]
    [RecordedCase("s3: test_range_key_not_exists")]
    public async Task A_stretch_of_nothing_is_not_there()
    {
        await BucketAsync();
        Is(NoSuchKey, await S3Async("GET", "/bucket/my-key", "", ("Range", "bytes=1024-4096")));
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
        await PutAsync(path);
        Is(Listed(Contents("test", key)), await S3Async("GET", "/bucket?list-type=2"));
        Is(GotWhole("test", checksum: true), await S3Async("GET", $"/bucket/{path}", "", Checksums));
        Is("204", await S3Async("DELETE", $"/bucket/{path}"));
    }

    [Fact]
    [RecordedCase("s3: test_put_get_object_single_character_trailing_slash")]
    public async Task A_slash_at_the_end_belongs_to_the_key()
    {
        await BucketAsync();
        foreach (var key in new[] { "a/", "t/", "u/" })
        {
            await PutAsync(key);
            Is(GotWhole("test", checksum: true), await S3Async("GET", $"/bucket/{key}", "", Checksums));
        }

        Is(Listed(Contents("test", "a/", "t/", "u/")), await S3Async("GET", "/bucket?list-type=2"));
    }

    [Fact]
    [RecordedCase("s3: test_url_encoded_key[True]")]
    public async Task A_key_that_looks_encoded_is_another()
    {
        await BucketAsync();
        foreach (var path in new[] { "test%40key/", "test%2540key", "test%2540key/" }) await PutAsync(path);
        Is(Listed(Contents("test", "test%40key", "test%40key/", "test@key/")),
            await S3Async("GET", "/bucket?list-type=2"));
    }

    [Fact]
    [RecordedCase("s3: test_object_with_slashes_in_key[True]")]
    public async Task Slashes_in_front_belong_to_the_key()
    {
        await BucketAsync();
        string[] keys = ["/bar/foo/", "/foo", "bar"];
        foreach (var key in keys) await PutAsync(key);
        Is(Listed(Contents("test", keys)), await S3Async("GET", "/bucket?list-type=2"));
        foreach (var key in keys)
            Is(GotWhole("test", checksum: true), await S3Async("GET", $"/bucket/{key}", "", Checksums));
    }

    [Fact]
    [RecordedCase("s3: test_system_metadata_with_unicode")]
    public async Task What_the_content_is_like_comes_back_byte_for_byte()
    {
        await BucketAsync();
        var (disposition, cache) =
            (Wire("attachment; filename=\"test_—_file%E2%80%94_é_2.pdf\""), Wire("ÄMÄZÕÑ S3"));
        await PutAsync("key", "", ("Content-Language", "de"), ("Content-Disposition", disposition),
            ("Cache-Control", cache));
        Is($"""
            {Got("", checksum: true)}
            cache-control: {cache}
            content-disposition: {disposition}
            content-language: de
            """, await S3Async("GET", "/bucket/key", "", Checksums));
    }

    [Fact]
    [RecordedCase("s3: test_user_metadata_rfc2047_encoded")]
    public async Task Metadata_that_is_not_plain_text_comes_back_as_an_encoded_word()
    {
        await BucketAsync();
        await PutAsync("key", "",
            ("x-amz-meta-non-ascii", "=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?="),
            ("x-amz-meta-non-ascii-2", "=?UTF-8?B?w4RNw4Raw5XDkSBTMw==?="),
            ("x-amz-meta-non-ascii-binary", "=?UTF-8?Q?=00=01=02=03?="),
            ("x-amz-meta-replacement-chars", "=?utf-8?b?77+977+977+977+977+977+977+9?="),
            ("x-amz-meta-fake-encoded", "=?UTF-8?Q?actually-ascii?="),
            ("x-amz-meta-asciib64-encoded", "=?UTF-8?B?YWJj?="),
            ("x-amz-meta-safe-chars", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"));
        Is($$"""
            {{Got("", checksum: true)}}
            x-amz-meta-asciib64-encoded: abc
            x-amz-meta-fake-encoded: actually-ascii
            x-amz-meta-non-ascii: =?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?=
            x-amz-meta-non-ascii-2: =?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=
            x-amz-meta-non-ascii-binary: =?UTF-8?B?AAECAw==?=
            x-amz-meta-replacement-chars: =?UTF-8?B?77+977+977+977+977+977+977+9?=
            x-amz-meta-safe-chars: !"#$%&'()*+,-./:;<=>?@[\]^_`{|}~
            """, await S3Async("GET", "/bucket/key", "", Checksums));
    }

    [Fact]
    [RecordedCase("s3: test_get_response_overrides_unicode_metadata_with_sig_s3")]
    public async Task A_reader_can_not_ask_for_what_no_header_can_carry()
    {
        await BucketAsync();
        await PutAsync("key", "");
        Is("""
            400 {"ArgumentName":"response-cache-control","ArgumentValue":"non-ascii-%E2%80%94_—_é_",
            "Code":"InvalidArgument","Message":"Header value cannot be represented using ISO-8859-1."}
            """, await S3Async("GET",
            "/bucket/key?response-cache-control=non-ascii-%25E2%2580%2594_%E2%80%94_%C3%A9_"));
    }

    // A header as the bytes of its text in UTF-8, one character for a byte.
    private static string Wire(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Listed((string, IReadOnlyList<string>) contents) => Page($"""
        "IsTruncated":"false","KeyCount":"{contents.Item2.Count}","MaxKeys":"1000","Name":"bucket","Prefix":""
        """, contents);
}
