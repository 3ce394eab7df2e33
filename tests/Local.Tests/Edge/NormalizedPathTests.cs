using System.Net;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Tests.Edge;

/// <summary>A behavior is found by what a path means; the origin gets it as the viewer wrote it.</summary>
public sealed class NormalizedPathTests
{
    // The second and third are the examples of CloudFront's guide, of the patterns /a/b* and /a*.
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/%70rivate/index.html", "/private/index.html")]
    [InlineData("/p%72iv%61te/", "/private/")]
    [InlineData("/x/../private/index.html", "/private/index.html")]
    [InlineData("/./private/index.html", "/private/index.html")]
    [InlineData("/x/%2e%2E/private/index.html", "/private/index.html")]
    [InlineData("/private/x/../index.html", "/private/index.html")]
    [InlineData("//private///index.html", "/private/index.html")]
    [InlineData("/../../private", "/private")]
    [InlineData("/private/.", "/private/")]
    [InlineData("/..", "/")]
    [InlineData("//", "/")]
    [InlineData("/.well-known/a..b/...", "/.well-known/a..b/...")]
    [InlineData("/private%2findex.html", "/private%2Findex.html")]
    [InlineData("/%c3%a9", "/%C3%A9")]
    [InlineData("/%7euser", "/~user")]
    [InlineData("/%", "/%")]
    [InlineData("/%4", "/%4")]
    [InlineData("/%zz%+1", "/%zz%+1")]
    [InlineData("/%2570rivate", "/%2570rivate")]
    public void A_path_is_normalized_by_RFC_3986(string path, string normalized) =>
        Assert.Equal(normalized, NormalizedPath.Of(path));

    [Theory]
    [InlineData("/%6Anly/x", "/%6Anly/x", true)]
    [InlineData("//jnly/x", "//jnly/x", true)]
    [InlineData("/a/../jnly/x", "/a/../jnly/x", true)]
    [InlineData("/jnly%2fx", "/jnly%2fx", false)]
    [InlineData("/JNLY/x", "/JNLY/x", false)]
    public async Task The_origin_gets_the_path_as_the_viewer_wrote_it(string target, string asked, bool matches)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(
            "export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;", text => text
                .Replace("# more origins", """
                    - Id: other
                                DomainName: !Ref SiteBucketDomainName
                                OriginPath: /other
                                S3OriginConfig: {OriginAccessIdentity: ''}
                    """)
                .Replace("DefaultCacheBehavior:", """
                    CacheBehaviors:
                              - PathPattern: /jnly/*
                                TargetOriginId: other
                                ViewerProtocolPolicy: allow-all
                                CachePolicyId: !Ref TheCachePolicy
                            DefaultCacheBehavior:
                    """));

        var answer = await edge.RawAsync($"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {(int)HttpStatusCode.NotFound}", answer, StringComparison.Ordinal);
        Assert.Equal($"GET /pages/{(matches ? "other" : "site")}{asked}", Assert.Single(edge.Asked));
    }
}
