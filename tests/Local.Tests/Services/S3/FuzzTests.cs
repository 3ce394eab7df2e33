using System.Text;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.S3;

public sealed class FuzzTests
{
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH"];

    private static readonly string[] Paths =
        ["/", "/landing", "/landing/", "/landing/k", "/landing/a%2Fb", "/landing/%zz", "/landing/%FF", "/B_ad",
            "/none/k", "//x", "/landing/%E2%82%AC"];

    private static readonly string[] Names =
    [
        "versioning", "versions", "list-type", "uploads", "uploadId", "partNumber", "delete", "notification",
            "location",
        "acl", "max-keys", "prefix", "delimiter", "continuation-token", "versionId", "encoding-type", "key-marker",
        "version-id-marker", "marker", "start-after", "X-Amz-Credential", "X-Amz-Expires", "response-content-type",
            "tagging",
        "max-parts", "part-number-marker", "max-buckets", "fetch-owner",
    ];

    private static readonly string[] Values =
        ["", "1", "2", "-1", "99999999999", "null", "url", "x", "%00", "%FF", "a/b", "true",
            "test/20260112/us-east-1/s3/aws4_request", "😀"];

    private static readonly string[] Headers =
    [
        "x-amz-content-sha256", "Content-MD5", "x-amz-checksum-crc32", "x-amz-checksum-sha256", "x-amz-trailer",
            "Range",
        "If-Match", "If-None-Match", "If-Modified-Since", "x-amz-copy-source", "x-amz-decoded-content-length",
        "x-amz-metadata-directive", "x-amz-checksum-algorithm", "x-amz-checksum-type", "x-amz-meta-a",
            "Content-Encoding",
        "x-amz-expected-bucket-owner", "x-amz-storage-class", "x-amz-sdk-checksum-algorithm", "Authorization",
            "Expires",
        "Content-Type", "x-amz-mp-object-size", "x-amz-checksum-mode", "Cache-Control",
    ];

    private static readonly string[] HeaderValues =
    [
        "", "*", "1", "AAAAAA==", "bytes=0-0", "bytes=-1", "bytes=9-", "UNSIGNED-PAYLOAD", "CRC32", "SHA256",
            "COMPOSITE", "ENABLED",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "x-amz-checksum-crc32",
            "landing/k", "/landing/k?versionId=x",
        "REPLACE", "ü", "=?UTF-8?B?AAEC?=", "Wed, 21 Oct 2015 07:28:00 GMT", "AWS test:x", "aws-chunked", "-1", "a\tb",
    ];

    private static readonly string[] Bodies =
    [
        "", "x", "<", "<a/>", "<Delete><Object><Key>k</Key></Object></Delete>", "<Delete><Object/></Delete>",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>", "<VersioningConfiguration/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>",
        "<NotificationConfiguration><CloudFunctionConfiguration/></NotificationConfiguration>",
            "<NotificationConfiguration/>",
        "<CreateBucketConfiguration><LocationConstraint>x</LocationConstraint></CreateBucketConfiguration>",
        "1\r\nx\r\n0\r\n\r\n", "1\r\nx\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "\0\u0001",
    ];

    [Fact]
    public async Task Two_thousand_random_requests_get_answers_of_S3s_shape()
    {
        var seed = Seeds.Next();
        var random = new Random(seed);
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");

        for (var i = 0; i < 2_000; i++)
        {
            var (method, target) = (Pick(random, Methods), Target(random));
            using var raw = new RawClient(s3.Address);
            var headers = Enumerable.Range(0, random.Next(4)).Select(_ =>
                (Pick(random, Headers), Pick(random, HeaderValues))).ToArray();
            var answer = await raw.AskAsync(method, target, Encoding.UTF8.GetBytes(Pick(random, Bodies)), headers);
            var status = int.Parse(answer.AsSpan(9, 3));
            var request = $"seed {seed}, request {i}: {method} {target} {string.Join(", ", headers)}\n{answer}";
            Assert.True(status is not 500, request);
            Assert.True(answer.Contains("x-amz-request-id:", StringComparison.Ordinal), request);
            if (status >= 400 && method != "HEAD")
                Assert.True(answer.Contains("<Error><Code>", StringComparison.Ordinal), request);
        }

        Assert.DoesNotContain(s3.World.Journal.After(0), entry => entry.Fact is RequestFaulted);
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static string Target(Random random)
    {
        var query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ =>
        {
            var value = Pick(random, Values);
            return Pick(random, Names) + (value.Length == 0 && random.Next(2) == 0 ? ""
                : "=" + Uri.EscapeDataString(value).Replace("%25", "%"));
        }));
        return Pick(random, Paths) + (query.Length == 0 ? "" : "?" + query);
    }
}
