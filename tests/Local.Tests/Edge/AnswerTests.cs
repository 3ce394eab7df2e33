using System.IO.Compression;
using System.Net;
using System.Text;
using Isobar.Local.Edge.Handlers;

namespace Isobar.Local.Tests.Edge;

/// <summary>Error pages, ranges, compression and the headers of policies.</summary>
public sealed class AnswerTests
{
    private const string PassOn = """
        export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;
        """;

    private const string ErrorPage = """
        CustomErrorResponses:
                  - {ErrorCode: 404, ResponseCode: 200, ResponsePagePath: /404.html, ErrorCachingMinTTL: 30}
                  - {ErrorCode: 503, ErrorCachingMinTTL: 0}
        """;

    [Fact]
    public async Task An_error_shows_its_page_with_its_status_and_no_viewer_response_runs()
    {
        await using var edge = await StartAsync(ErrorPage);
        edge.Objects["/pages/site/404.html"] = new("not here", ("ETag", "\"4\""));

        var first = await edge.SendAsync("/a");
        var second = await edge.SendAsync("/a");
        var other = await edge.SendAsync("/b");

        foreach (var answer in (HttpResponseMessage[])[first, second, other])
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("not here", await answer.Content.ReadAsStringAsync());
            Assert.Equal("Error from cloudfront", answer.Headers.GetValues("X-Cache").Single());
        }

        Assert.Equal(
            ["GET /pages/site/a", "GET /pages/site/404.html", "GET /pages/site/b"], edge.Asked);
        Assert.DoesNotContain(edge.Facts<EdgeFunctionReported>(), fact => fact.EventType == "viewer-response");
        edge.Objects["/pages/site/a"] = new("here");
        // The service clock also runs by itself.
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(15));
        Assert.Equal("not here", await (await edge.SendAsync("/a")).Content.ReadAsStringAsync());
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(15));
        Assert.Equal("here", await (await edge.SendAsync("/a")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_error_whose_page_is_missing_is_itself_and_one_of_no_time_is_not_kept()
    {
        await using var edge = await StartAsync(ErrorPage);
        edge.Objects["/pages/site/busy"] = new("busy") { Status = 503 };

        Assert.Equal(HttpStatusCode.NotFound, (await edge.SendAsync("/a")).StatusCode);
        for (var i = 0; i < 2; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await edge.SendAsync("/busy")).StatusCode);

        Assert.Equal(2, edge.Asked.Count(asked => asked == "GET /pages/site/busy"));
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=4-", 206, "456789", "bytes 4-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-20", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=8-100", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=-0", 416, "", "bytes */10")]
    [InlineData("bytes=3-1", 200, "0123456789", "")]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", "")]
    [InlineData("lines=0-1", 200, "0123456789", "")]
    public async Task A_range_is_served_from_the_whole_object(string range, int status, string body, string content)
    {
        await using var edge = await StartAsync("");
        edge.Objects["/pages/site/a"] = new("0123456789", ("ETag", "\"1\""));

        for (var i = 0; i < 2; i++)
        {
            var answer = await edge.SendAsync("/a", null, ("Range", range));
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(body, await answer.Content.ReadAsStringAsync());
            Assert.Equal(content, answer.Content.Headers.ContentRange?.ToString() ?? "");
        }

        Assert.Equal("0123456789", await (await edge.SendAsync("/a")).Content.ReadAsStringAsync());
        Assert.Single(edge.Asked);
    }

    [Theory]
    [InlineData("\"1\"", 206)]
    [InlineData("\"0\"", 200)]
    [InlineData("W/\"1\"", 200)]
    public async Task A_range_of_another_version_is_the_whole_object(string condition, int status)
    {
        await using var edge = await StartAsync("");
        edge.Objects["/pages/site/a"] = new("0123456789", ("ETag", "\"1\""));

        var answer = await edge.SendAsync("/a", null, ("Range", "bytes=0-1"), ("If-Range", condition));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_range_of_an_object_too_large_to_keep_is_cut_out_as_it_passes()
    {
        await using var edge = await StartAsync("");
        var bytes = new byte[Isobar.Local.Edge.EdgeLimits.MaxCachedObjectBytes + 100];
        new Random(1).NextBytes(bytes);
        edge.Objects["/pages/site/a"] = new(bytes);
        var start = bytes.Length - 70;

        var answer = await edge.SendAsync("/a", null, ("Range", $"bytes={start}-{start + 49}"));

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(bytes[start..(start + 50)], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task If_Modified_Since_gets_304_where_no_entity_tag_is_asked_for()
    {
        await using var edge = await StartAsync("");
        const string Changed = "Mon, 12 Jan 2026 15:00:00 GMT";
        edge.Objects["/pages/site/a"] = new("one", ("Last-Modified", Changed), ("ETag", "\"1\""));

        Assert.Equal(304, await StatusAsync(("If-Modified-Since", Changed)));
        Assert.Equal(304, await StatusAsync(("If-Modified-Since", "Mon, 12 Jan 2026 16:00:00 GMT")));
        Assert.Equal(200, await StatusAsync(("If-Modified-Since", "Mon, 12 Jan 2026 14:59:59 GMT")));
        Assert.Equal(200, await StatusAsync(("If-Modified-Since", Changed), ("If-None-Match", "\"0\"")));

        async Task<int> StatusAsync(params (string, string)[] headers) =>
            (int)(await edge.SendAsync("/a", null, headers)).StatusCode;
    }

    [Theory]
    [InlineData("gzip, br", 2_000, "text/html; charset=utf-8", "br")]
    [InlineData("gzip", 1_000, "application/json", "gzip")]
    [InlineData("gzip", 999, "application/json", "")]
    [InlineData("gzip", 2_000, "image/png", "")]
    [InlineData("deflate", 2_000, "text/html", "")]
    public async Task An_object_is_compressed_for_viewers_that_accept_it(
        string accepted, int bytes, string type, string encoding)
    {
        await using var edge = await StartAsync("");
        var text = new string('a', bytes);
        edge.Objects["/pages/site/a"] = new(text, ("Content-Type", type), ("ETag", "\"1\""));

        for (var i = 0; i < 2; i++)
        {
            var answer = await edge.SendAsync("/a", null, ("Accept-Encoding", accepted));
            Assert.Equal(encoding, string.Join(',', answer.Content.Headers.ContentEncoding));
            Assert.Equal(text, Text(await answer.Content.ReadAsByteArrayAsync(), encoding));
            Assert.Equal(encoding.Length > 0, answer.Headers.ETag!.IsWeak);
            Assert.Equal(encoding.Length > 0 ? "Accept-Encoding" : "", answer.Headers.Vary.ToString());
        }

        var plain = await edge.SendAsync("/a");
        Assert.Equal(text, await plain.Content.ReadAsStringAsync());
        Assert.Equal(accepted == "deflate" ? 1 : 2, edge.Asked.Count);
    }

    [Fact]
    public async Task What_the_origin_has_compressed_stays_as_it_is_and_an_old_object_is_asked_for_by_its_own_tag()
    {
        await using var edge = await StartAsync("");
        edge.Objects["/pages/site/packed"] = new(
            new byte[2_000], ("Content-Type", "text/html"), ("Content-Encoding", "gzip"));
        edge.Objects["/pages/site/a"] = new(new string('a', 2_000), ("Content-Type", "text/html"), ("ETag", "\"1\""));

        var packed = await edge.SendAsync("/packed", null, ("Accept-Encoding", "br, gzip"));
        Assert.Equal(new byte[2_000], await packed.Content.ReadAsByteArrayAsync());
        await edge.SendAsync("/a", null, ("Accept-Encoding", "br"));
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(61));
        var again = await edge.SendAsync("/a", null, ("Accept-Encoding", "br"));

        Assert.Equal("GET /pages/site/a \"1\"", edge.Asked.Last());
        Assert.Equal("RefreshHit from cloudfront", again.Headers.GetValues("X-Cache").Single());
        Assert.Equal("W/\"1\"", again.Headers.ETag!.ToString());
        Assert.Equal(new string('a', 2_000), Text(await again.Content.ReadAsByteArrayAsync(), "br"));
    }

    [Fact]
    public async Task A_response_headers_policy_adds_replaces_and_removes()
    {
        await using var edge = await StartAsync("", text => text.Replace("# more resources", """
            TheHeaders:
                Type: AWS::CloudFront::ResponseHeadersPolicy
                Properties:
                  ResponseHeadersPolicyConfig:
                    Name: headers
                    SecurityHeadersConfig:
                      ContentTypeOptions: {Override: true}
                      FrameOptions: {FrameOption: DENY, Override: false}
                      StrictTransportSecurity: {AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true}
                      XSSProtection: {Protection: true, ModeBlock: true, Override: true}
                    CustomHeadersConfig: {Items: [{Header: X-Mine, Value: v, Override: true}]}
                    RemoveHeadersConfig: {Items: [{Header: Server}]}
                    CorsConfig:
                      AccessControlAllowCredentials: false
                      AccessControlAllowHeaders: {Items: ['*']}
                      AccessControlAllowMethods: {Items: [GET]}
                      AccessControlAllowOrigins: {Items: ['https://*.example.org']}
                      OriginOverride: true
            """).Replace("# more of the default behavior", "ResponseHeadersPolicyId: !Ref TheHeaders"));
        edge.Objects["/pages/site/a"] = new(
            "one", ("X-Frame-Options", "SAMEORIGIN"), ("X-Mine", "origin"), ("Server", "s"), ("ETag", "\"1\""));

        var plain = await edge.SendAsync("/a");
        var allowed = await edge.SendAsync("/a", null, ("Origin", "https://a.example.org"));
        var foreign = await edge.SendAsync("/a", null, ("Origin", "https://example.com"));

        Assert.Equal(("nosniff", "SAMEORIGIN", "max-age=60; includeSubDomains", "1; mode=block", "v", ""), (
            Header(plain, "X-Content-Type-Options"), Header(plain, "X-Frame-Options"),
            Header(plain, "Strict-Transport-Security"), Header(plain, "X-XSS-Protection"), Header(plain, "X-Mine"),
            Header(plain, "Server")));
        Assert.Equal(("", "https://a.example.org", ""), (
            Header(plain, "Access-Control-Allow-Origin"), Header(allowed, "Access-Control-Allow-Origin"),
            Header(foreign, "Access-Control-Allow-Origin")));
        Assert.Single(edge.Asked);
    }

    [Fact]
    public async Task The_managed_security_policy_is_known_by_its_id_and_an_unknown_one_refused()
    {
        await using var edge = await StartAsync("", text => text.Replace("# more of the default behavior",
            "ResponseHeadersPolicyId: 67f7725c-6f97-4210-82d7-5512b31e9d03"));

        var answer = await edge.SendAsync("/a");

        Assert.Equal("max-age=31536000", Header(answer, "Strict-Transport-Security"));
        Assert.Contains("ResponseHeadersPolicyId must be a policy of this template", await EdgeTemplate.RefusalAsync(
            "# more of the default behavior", "ResponseHeadersPolicyId: other"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ErrorCode: 402}", "ErrorCode must be one of 400, 403, 404")]
    [InlineData("{ErrorCode: 404, ResponseCode: 200}", "ResponseCode and ResponsePagePath go together")]
    [InlineData("{ErrorCode: 404, ResponseCode: 200, ResponsePagePath: a}", "must begin with a slash")]
    [InlineData("{ErrorCode: 404}, {ErrorCode: 404}", "404 is there twice")]
    public async Task An_error_page_that_CloudFront_would_not_take_is_refused(string errors, string why) =>
        Assert.Contains(why, await EdgeTemplate.RefusalAsync(
            "# more settings", $"CustomErrorResponses: [{errors}]"), StringComparison.Ordinal);

    private static string Text(byte[] body, string encoding)
    {
        using var source = new MemoryStream(body);
        using Stream plain = encoding switch
        {
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            "gzip" => new GZipStream(source, CompressionMode.Decompress),
            _ => source,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private static Task<DistributionOnPortZero> StartAsync(string settings, Func<string, string>? change = null) =>
        DistributionOnPortZero.StartAsync(
            PassOn, text => (change ?? (same => same))(text).Replace("# more settings", settings));
}
