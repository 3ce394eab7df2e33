using System.Net.Sockets;
using System.Text;

namespace Isobar.Local.Tests.Services.S3;

/// <summary>Header values that are not ASCII. Facts: Amazon S3 User Guide, "User-defined object metadata", and what AWS
/// was recorded to answer.</summary>
public sealed class HeaderBytesTests
{
    [Theory]
    // The example of the guide: the bytes of a header are taken as ISO 8859-1.
    [InlineData("ÄMÄZÕÑ S3", "=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=")]
    [InlineData("é", "=?UTF-8?B?w4PCqQ==?=")]
    [InlineData("plain é text", "=?UTF-8?Q?plain_=C3=83=C2=A9_text?=")]
    [InlineData("=?UTF-8?B?YWJj?=", "abc")]
    [InlineData("=?UTF-8?X?YWJj?=", "=?UTF-8?X?YWJj?=")]
    [InlineData("=?UTF-8?Q?a=b?=", "=?UTF-8?Q?a=b?=")]
    [InlineData("AMAZONS3", "AMAZONS3")]
    public async Task Metadata_comes_back_as_an_encoded_word(string sent, string returned)
    {
        await using var s3 = await StartAsync();

        await PutAsync(s3, Encoding.UTF8, $"x-amz-meta-a: {sent}");

        Assert.Contains($"\r\nx-amz-meta-a: {returned}\r\n", await HeadAsync(s3, Encoding.Latin1));
    }

    [Theory]
    [InlineData("utf-8", "ÄMÄZÕÑ S3")]
    [InlineData("utf-8", "attachment; filename=\"test_—_é.pdf\"")]
    [InlineData("utf-8", "日本")]
    [InlineData("iso-8859-1", "Ärger")]
    [InlineData("iso-8859-1", "\u0080\u009f\u00ff")]
    public async Task What_the_content_is_like_comes_back_byte_for_byte(string encoding, string value)
    {
        await using var s3 = await StartAsync();
        var bytes = Encoding.GetEncoding(encoding);

        await PutAsync(s3, bytes, $"Cache-Control: {value}");

        Assert.Contains($"\r\nCache-Control: {value}\r\n", await HeadAsync(s3, bytes));
    }

    [Theory]
    [InlineData("User-Agent: Ä")]
    [InlineData("X-Other: \u00e4\u00ff")]
    [InlineData("Referer: http://x/ü")]
    public async Task A_header_that_says_nothing_about_the_object_may_have_any_bytes(string header)
    {
        await using var s3 = await StartAsync();

        await PutAsync(s3, Encoding.Latin1, header);
        await PutAsync(s3, Encoding.UTF8, header);
    }

    private static async Task<S3OnPortZero> StartAsync()
    {
        var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        return s3;
    }

    private static async Task PutAsync(S3OnPortZero s3, Encoding encoding, string header) => Assert.StartsWith(
        "HTTP/1.1 200 ", await AskAsync(s3, encoding, "PUT", header), StringComparison.Ordinal);

    private static Task<string> HeadAsync(S3OnPortZero s3, Encoding encoding) =>
        AskAsync(s3, encoding, "HEAD", "Accept: */*");

    private static async Task<string> AskAsync(S3OnPortZero s3, Encoding encoding, string method, string header)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(s3.Address.Host, s3.Address.Port);
        await client.GetStream().WriteAsync(encoding.GetBytes(
            $"{method} /landing/k HTTP/1.1\r\nHost: {s3.Address.Authority}\r\nConnection: close\r\n"
            + $"Authorization: {RawClient.Authorization}\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\n"
            + $"Content-Length: 0\r\n{header}\r\n\r\n"));
        using var answer = new MemoryStream();
        await client.GetStream().CopyToAsync(answer);
        return encoding.GetString(answer.ToArray());
    }
}
