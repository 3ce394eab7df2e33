using System.IO.Compression;
using System.Text;
using Amazon.S3;
using Isobar.Local.Experiments;
using Isobar.Local.Tests.Services.S3;

namespace Isobar.Local.Tests.Experiments;

public sealed class AccessLogTests
{
    // The columns of a standard log (Amazon CloudFront Developer Guide, "Standard logging reference").
    private const string Header = "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) "
        + "cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type "
        + "x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher "
        + "x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte "
        + "x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end\n";

    private static readonly DateOnly Day = new(2026, 11, 30);

    [Fact]
    public async Task A_line_is_read_by_the_names_of_its_columns()
    {
        var expected = new AccessLogLine(
            new DateTimeOffset(2026, 11, 30, 12, 0, 1, TimeSpan.Zero), "203.0.113.7", "Mozilla/5.0%20(X11)", "GET",
            "/a/page.js", 200);
        Assert.Equal([expected], await ReadAsync(Header + Line("12:00:01", "/a/page.js")));
        Assert.Equal(
            [expected],
            await ReadAsync("#Fields: sc-status cs-uri-stem cs-method cs(User-Agent) c-ip time date\r\n"
                + "200\t/a/page.js\tGET\tMozilla/5.0%20(X11)\t203.0.113.7\t12:00:01\t2026-11-30\r\n"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("2026-11-30\t12:00:00\n", "the access log has no header")]
    [InlineData("#Fields: date time\n", "the access log has no column c-ip")]
    [InlineData(Header + "2026-11-30\t12:00:00\n", "does not have the columns")]
    [InlineData(Header + "30.11.2026\t12:00:00\tFRA\t1\tx\tGET\th\t/\t200\t-\tx\n", "does not have the columns")]
    public async Task What_is_no_access_log_is_refused(string text, string says)
    {
        if (says.Length == 0) Assert.Empty(await ReadAsync(text));
        else
        {
            var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(text));
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_line_without_an_end_is_not_kept_in_memory()
    {
        var endless = Header + new string('x', 200_000);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(endless));
        Assert.Contains("over 131072 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_of_the_wanted_days_are_read_from_the_bucket()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("logs");
        await PutAsync(s3.Client, "edge/E2EXAMPLE.2026-11-29-23.aaaa1111.gz", Line("23:59:59", "/a/page.js"));
        await PutAsync(s3.Client, "edge/E2EXAMPLE.2026-11-30-00.bbbb2222.gz", Line("00:00:00", "/b/page.js"));
        await PutAsync(s3.Client, "edge/E2EXAMPLE.2026-11-30-00.cccc3333.gz", Line("00:00:01", "/jobs.html"));
        await PutAsync(s3.Client, "edge/E2EXAMPLE.2026-12-01-00.dddd4444.gz", Line("00:00:00", "/a/page.js"));
        await PutAsync(s3.Client, "edge/notes.2026-11-30-00.gz", "no log");
        await PutAsync(s3.Client, "other/E2EXAMPLE.2026-11-30-00.eeee5555.gz", Line("00:00:00", "/site.css"));

        var read = new List<string>();
        var bucket = new AccessLogBucket(s3.Client, new S3Place("logs", "edge/"));
        await foreach (var line in bucket.ReadAsync(Day, Day, default)) read.Add(line.Path);

        Assert.Equal(["/b/page.js", "/jobs.html"], read.Order());
    }

    [Fact]
    public async Task A_file_that_is_no_log_is_named()
    {
        await using var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("logs");
        await PutAsync(s3.Client, "E2EXAMPLE.2026-11-30-00.aaaa1111.gz", "#Fields: date\n", header: "");
        var bucket = new AccessLogBucket(s3.Client, new S3Place("logs", ""));

        var refused = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in bucket.ReadAsync(Day, Day, default)) { }
        });
        Assert.StartsWith("E2EXAMPLE.2026-11-30-00.aaaa1111.gz: ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://logs", "logs", "")]
    [InlineData("s3://logs/", "logs", "")]
    [InlineData("s3://logs/edge/x", "logs", "edge/x")]
    public void A_place_is_a_bucket_and_a_key(string text, string bucket, string key) =>
        Assert.Equal(new S3Place(bucket, key), S3Place.TryParse(text));

    private static string Line(string time, string path) =>
        $"2026-11-30\t{time}\tFRA56-P1\t412\t203.0.113.7\tGET\td1.cloudfront.net\t{path}\t200\t-\t"
        + "Mozilla/5.0%20(X11)\t-\t-\tHit\tid==\td1.cloudfront.net\thttps\t120\t0.001\t-\tTLSv1.3\t"
        + "TLS_AES_128_GCM_SHA256\tHit\tHTTP/2.0\t-\t-\t40000\t0.001\tHit\ttext/javascript\t300\t-\t-\n";

    private static async Task<List<AccessLogLine>> ReadAsync(string text)
    {
        var read = new List<AccessLogLine>();
        await foreach (var line in AccessLogFile.ReadAsync(new MemoryStream(Zipped(text)), default)) read.Add(line);
        return read;
    }

    private static Task PutAsync(IAmazonS3 s3, string key, string lines, string header = Header) => s3.PutObjectAsync(
        new() { BucketName = "logs", Key = key, InputStream = new MemoryStream(Zipped(header + lines)) });

    private static byte[] Zipped(string text)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return zipped.ToArray();
    }
}
