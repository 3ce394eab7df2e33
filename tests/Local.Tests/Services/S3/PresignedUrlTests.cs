using System.Net;
using System.Text.RegularExpressions;
using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Local.Tests.Services.S3;

public sealed class PresignedUrlTests
{
    [Fact]
    public async Task A_presigned_url_puts_and_gets_until_real_time_ends_it()
    {
        await using var s3 = await StartAsync();
        using var http = new HttpClient();
        var put = await UrlAsync(s3, HttpVerb.PUT);
        var get = await UrlAsync(s3, HttpVerb.GET);

        Assert.Equal(HttpStatusCode.OK, (await http.PutAsync(put, new StringContent("body"))).StatusCode);
        Assert.Equal("body", await http.GetStringAsync(get));
        s3.World.Clock.JumpBy(TimeSpan.FromDays(1));
        Assert.Equal("body", await http.GetStringAsync(get));
        s3.RealTime.Advance(TimeSpan.FromMinutes(6));
        var late = await http.GetAsync(get);

        Assert.Equal(HttpStatusCode.Forbidden, late.StatusCode);
        Assert.Contains("<Code>AccessDenied</Code><Message>Request has expired</Message>",
            await late.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("X-Amz-Expires=[0-9]+", "X-Amz-Expires=604801", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires=[0-9]+", "X-Amz-Expires=0", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires=[0-9]+", "X-Amz-Expires=soon", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires=[0-9]+", "X-Amz-Other=1", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Date=2", "X-Amz-Date=9", "AccessDenied")]
    [InlineData("X-Amz-Date=2", "X-Amz-Date=x", "AuthorizationQueryParametersError")]
    public async Task A_presigned_url_with_a_wrong_life_is_refused(string part, string replacement, string code)
    {
        await using var s3 = await StartAsync();
        using var http = new HttpClient();
        var url = await UrlAsync(s3, HttpVerb.GET);
        Assert.Matches(part, url);

        var answer = await (await http.GetAsync(Regex.Replace(url, part, replacement))).Content.ReadAsStringAsync();

        Assert.Contains($"<Code>{code}</Code>", answer);
    }

    [Fact]
    public async Task A_url_of_the_older_signature_lives_by_real_time_too()
    {
        await using var s3 = await StartAsync();
        using var http = new HttpClient();
        await s3.Client.PutObjectAsync(new() { BucketName = "landing", Key = "k", ContentBody = "body" });
        var expires = s3.RealTime.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds();
        var url = $"{s3.Address}landing/k?AWSAccessKeyId=test&Signature=x&Expires={expires}";

        Assert.Equal("body", await http.GetStringAsync(url));
        s3.RealTime.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(url)).StatusCode);
    }

    [Fact]
    public async Task Whoever_is_not_signed_is_denied()
    {
        await using var s3 = await StartAsync();
        using var http = new HttpClient();

        var answer = await http.GetAsync($"{s3.Address}landing/k");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("<Code>AccessDenied</Code>", await answer.Content.ReadAsStringAsync());
    }

    private static async Task<S3OnPortZero> StartAsync()
    {
        var s3 = await S3OnPortZero.StartAsync();
        await s3.Client.PutBucketAsync("landing");
        return s3;
    }

    private static async Task<string> UrlAsync(S3OnPortZero s3, HttpVerb verb) =>
        await s3.Client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = "landing", Key = "k", Verb = verb, Protocol = Protocol.HTTP,
            Expires = DateTime.UtcNow.AddSeconds(300),
        });
}
