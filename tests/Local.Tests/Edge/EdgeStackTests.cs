using Isobar.Local.Edge.Stack;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Edge;

/// <summary>Templates as the distribution reads them, and what it would not deploy.</summary>
public sealed class EdgeStackTests
{
    private const string SecondOrigin = """
        - Id: api
                    DomainName: abc123.execute-api.us-east-1.amazonaws.com
                    OriginPath: /v1
                    CustomOriginConfig: {OriginProtocolPolicy: https-only}
        """;

    [Fact]
    public async Task The_distribution_is_what_the_template_says()
    {
        var (distribution, stack) = await EdgeTemplate.DeployAsync();

        var behavior = Assert.Single(distribution.Behaviors);
        var origin = behavior.Origin.Description.S3!;
        Assert.Equal(("pages.s3.us-east-1.amazonaws.com", "us-east-1", "/site", "none"), (
            origin.DomainName, origin.Region, origin.Path, origin.AuthMethod));
        Assert.Equal("index.html", distribution.DefaultRootObject);
        Assert.Equal(
            new TimeToLive(TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)), behavior.Cache.TimeToLive);
        Assert.Equal(["viewer-request", "viewer-response"], behavior.Functions.Keys.Order());
        var function = Assert.Single(distribution.Functions);
        Assert.Equal(("index.handler", 128, TimeSpan.FromSeconds(5)),
            (function.Handler, function.MemorySizeMb, function.Timeout));
        Assert.Contains(stack.Outputs, output =>
            output.Key == "SiteUrl" && output.Value == $"https://{distribution.DomainName}");
        Assert.Matches("^E[0-9A-Z]{13}$", distribution.Id);
    }

    [Fact]
    public async Task The_template_of_this_checkout_can_be_deployed()
    {
        var (distribution, _) = await EdgeTemplate.DeployTextAsync(
            RepositoryFile.Read("infra/stacks/edge.yaml"), file: RepositoryFile.PathOf("infra/stacks/edge.yaml"));

        Assert.NotEmpty(distribution.Functions);
    }

    [Theory]
    [InlineData("!Ref SiteBucketDomainName", "example.org", "DomainName must be a bucket's regional domain name")]
    [InlineData("SigningBehavior: always", "SigningBehavior: never", "SigningBehavior must be one of always")]
    [InlineData("CookieBehavior: none", "CookieBehavior: some", "CookieBehavior must be one of none, whitelist, ")]
    [InlineData("CookieBehavior: none", "CookieBehavior: whitelist", "Cookies is required with whitelist")]
    [InlineData("CookieBehavior: none", "CookieBehavior: all, Cookies: [a]", "Cookies can't be with all")]
    [InlineData("HeaderBehavior: none", "HeaderBehavior: allViewer", "HeaderBehavior must be one of none, whitelist,")]
    [InlineData("HeaderBehavior: none", "HeaderBehavior: whitelist, Headers: [CloudFront-Viewer-City]",
        "can't have cloudfront-viewer-city: nothing here knows its value")]
    [InlineData("HeaderBehavior: none", "HeaderBehavior: whitelist, Headers: [Accept-Encoding]",
        "HeadersConfig can't have Accept-Encoding")]
    [InlineData("QueryStringBehavior: none", "QueryStringBehavior: 7", "QueryStringBehavior must be one of none")]
    [InlineData("OriginPath: /site", "OriginPath: /site/", "OriginPath must be empty, or begin with a slash")]
    [InlineData("OriginPath: /site", "OriginShield: {}", "property DistributionConfig.Origins[0].OriginShield of")]
    [InlineData("S3OriginConfig: {OriginAccessIdentity: ''}", "ConnectionTimeout: 7", "S3OriginConfig or CustomOrigin")]
    [InlineData("DefaultTTL: 60", "DefaultTTL: 99999", "DefaultTTL must be from MinTTL to MaxTTL")]
    [InlineData("AllowedMethods: [GET, HEAD]", "AllowedMethods: [GET]", "AllowedMethods must be GET, HEAD; or GET, ")]
    [InlineData("CachedMethods: [GET, HEAD]", "CachedMethods: [GET, HEAD, OPTIONS]", "CachedMethods must be among")]
    [InlineData("!Ref TheCachePolicy", "08627262-05a9-4f76-9ded-b50ca2e3a84f", "CachePolicyId must be a policy of")]
    [InlineData("# more of the default behavior", "OriginRequestPolicyId: 775133bc-15f2-49f9-abea-afb2e0bf67d2",
        "OriginRequestPolicyId must be a policy of this template, or a managed one that is known")]
    [InlineData("TargetOriginId: site", "TargetOriginId: other", "TargetOriginId must be the id of an origin")]
    [InlineData("Enabled: true", "Enabled: false", "Enabled must be true")]
    [InlineData("HttpVersion: http2and3", "WebACLId: x", "property DistributionConfig.WebACLId of")]
    [InlineData("CodeUri: CODE", "CodeUri: ../nowhere", "Code names no folder")]
    [InlineData("# more origins", "- {Id: site, DomainName: b.s3.us-east-1.amazonaws.com, "
        + "S3OriginConfig: {OriginAccessIdentity: ''}}", "site is of two origins")]
    public async Task What_it_cannot_honour_it_refuses(string written, string changed, string message) =>
        Assert.Contains(message, await EdgeTemplate.RefusalAsync(written, changed), StringComparison.Ordinal);

    [Fact]
    public async Task Behaviors_are_in_the_order_of_the_template_and_the_default_is_last()
    {
        var (distribution, _) = await EdgeTemplate.DeployAsync(text => text
            .Replace("# more origins", SecondOrigin)
            .Replace("# more settings", """
                CacheBehaviors:
                          - PathPattern: /api/*
                            TargetOriginId: api
                            ViewerProtocolPolicy: https-only
                            AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]
                            CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad
                            OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac
                          - {PathPattern: '*.png', TargetOriginId: site, ViewerProtocolPolicy: allow-all,
                             CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}
                """));

        Assert.Equal(["/api/*", "*.png", "*"], distribution.Behaviors.Select(behavior => $"{behavior.Pattern}"));
        var api = distribution.BehaviorOf("/api/x.png");
        Assert.Equal(("api", "/v1", 443, "https"), (
            api.Origin.Id, api.Origin.Description.Custom!.Path, api.Origin.Description.Custom.Port,
            api.Origin.Description.Custom.Protocol));
        Assert.True(api.Cache.IsDisabled);
        Assert.True(api.Forwarding.Headers.Includes("authorization"));
        Assert.False(api.Forwarding.Headers.Includes("host"));
        Assert.Equal(TimeSpan.FromDays(1), distribution.BehaviorOf("/a/b.png").Cache.TimeToLive.Default);
        Assert.Equal(PathPattern.Any, distribution.BehaviorOf("/a").Pattern);
    }

    [Theory]
    [InlineData("/api/*", "/api/", true)]
    [InlineData("/api/*", "/api/a/b", true)]
    [InlineData("/api/*", "/api", false)]
    [InlineData("api/*", "/api/a", true)]
    [InlineData("/api/*", "/API/a", false)]
    [InlineData("*.jpg", "/a/b.jpg", true)]
    [InlineData("*.jpg", "/a/b.jpg.png", false)]
    [InlineData("images/*.jpg", "/images/a.jpg.jpg", true)]
    [InlineData("/a??", "/abc", true)]
    [InlineData("/a??", "/ab", false)]
    [InlineData("/a*b*c", "/aXbYbZc", true)]
    [InlineData("/a*b*c", "/aXcYb", false)]
    [InlineData("/a", "/ab", false)]
    [InlineData("*", "/", true)]
    public void A_pattern_matches_paths_with_stars_and_question_marks(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new PathPattern(pattern).Matches(path));

    [Fact]
    public void A_pattern_of_many_stars_takes_no_long_time() =>
        Assert.False(new PathPattern(string.Concat(Enumerable.Repeat("*a", 100))).Matches("/" + new string('a', 8_000)
            + "b"));
}
