using Isobar.Local.Deployment;
using Isobar.Local.Edge;
using Isobar.Local.Edge.Stack;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Edge;

/// <summary>edge.yaml as the distribution reads it, and what it would not deploy.</summary>
public sealed class EdgeStackTests
{
    private static readonly string Template = RepositoryFile.Read("infra/stacks/edge.yaml");
    private static readonly string Router = Directory.CreateTempSubdirectory("isobar-edge-code-").FullName;

    [Fact]
    public async Task The_distribution_is_what_the_template_says()
    {
        var (distribution, stack) = await DeployAsync(text => text);

        Assert.Equal(("pages", "us-east-1", "/site", "index.html"), (
            distribution.OriginBucket, distribution.OriginRegion, distribution.OriginPath,
            distribution.DefaultRootObject));
        Assert.Equal(
            new TimeToLive(TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)), distribution.TimeToLive);
        Assert.Equal(["viewer-request", "viewer-response"], distribution.Functions.Keys.Order());
        var function = Assert.Single(distribution.Functions.Values.Distinct());
        Assert.Equal(("index.handler", 128, TimeSpan.FromSeconds(5)),
            (function.Handler, function.MemorySizeMb, function.Timeout));
        Assert.Contains(stack.Outputs, output =>
            output.Key == "SiteUrl" && output.Value == $"https://{distribution.DomainName}");
        Assert.Matches("^E[0-9A-Z]{13}$", distribution.Id);
    }

    [Theory]
    [InlineData("Timeout: 5\n", "Timeout: 6\n", "Timeout must be an integer from 1 to 5, not 6")]
    [InlineData("MemorySize: 128", "MemorySize: 256", "MemorySize must be an integer from 128 to 128, not 256")]
    [InlineData("nodejs22.x", "dotnet10", "Runtime must be one of nodejs24.x, nodejs22.x, nodejs20.x, not dotnet10")]
    [InlineData("[x86_64]", "[arm64]", "Architectures must be x86_64 at the edge")]
    [InlineData("Timeout: 5\n", "Environment: {Variables: {A: b}}\n", "property Environment of AWS::Lambda")]
    [InlineData("Timeout: 5\n", "Layers: [l]\n", "property Layers of AWS::Lambda::Function is not supported")]
    [InlineData("Timeout: 5\n", "Tracing: Active\n", "property TracingConfig of AWS::Lambda::Function is")]
    [InlineData("Timeout: 5\n", "VpcConfig: {}\n", "property VpcConfig of AWS::Lambda::Function is not supported")]
    [InlineData("Timeout: 5\n", "DeadLetterQueue: {Type: SQS, TargetArn: a}\n", "property DeadLetterConfig of")]
    [InlineData("!Ref AbRouterFunction.Version, IncludeBody: false", "!Ref AbRouterFunction.Alias",
        "LambdaFunctionARN must be a version of a function of this template; no alias and no $LATEST")]
    [InlineData("!Ref AbRouterFunction.Version, IncludeBody: false", "!GetAtt AbRouterFunction.Arn",
        "LambdaFunctionARN must be a version of a function of this template; no alias and no $LATEST")]
    [InlineData("IncludeBody: false", "IncludeBody: true", "IncludeBody must be false")]
    [InlineData("EventType: viewer-response", "EventType: viewer-request", "viewer-request is associated twice")]
    [InlineData("EventType: viewer-response", "EventType: origin-response", "EventType must be one of viewer-request")]
    [InlineData("!Ref SiteBucketDomainName", "example.org", "DomainName must be a bucket's regional domain name")]
    [InlineData("SigningBehavior: always", "SigningBehavior: never", "SigningBehavior must be one of always")]
    [InlineData("CookieBehavior: none", "CookieBehavior: all", "CookieBehavior must be one of none, not all")]
    [InlineData("QueryStringBehavior: none", "QueryStringBehavior: all", "QueryStringBehavior must be one of none")]
    [InlineData("OriginPath: /site", "OriginPath: /site/", "OriginPath must be empty, or begin with a slash")]
    [InlineData("OriginPath: /site", "OriginShield: {}", "property DistributionConfig.Origins[0].OriginShield of")]
    [InlineData("DefaultTTL: 60 ", "DefaultTTL: 99999 ", "DefaultTTL must be from MinTTL to MaxTTL")]
    [InlineData("AllowedMethods: [GET, HEAD]", "AllowedMethods: [GET, HEAD, OPTIONS]", "AllowedMethods must be GET")]
    [InlineData("Enabled: true", "Enabled: false", "Enabled must be true")]
    [InlineData("HttpVersion: http2and3", "WebACLId: x", "property DistributionConfig.WebACLId of")]
    [InlineData("../../edge/ab-router", "../nowhere", "Code names no folder")]
    [Claim("E1")]
    [Claim("E2")]
    public async Task What_it_cannot_honour_it_refuses(string written, string changed, string message)
    {
        Assert.Contains(written, Template, StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<DeploymentException>(
            () => DeployAsync(text => text.Replace(written, changed, StringComparison.Ordinal)));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_over_its_bound_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-edge-code-").FullName;
        await using (var file = File.Create(Path.Combine(folder, "index.mjs")))
            file.SetLength(EdgeLimits.MaxPackageBytes);
        await DeployAsync(text => text.Replace("../../edge/ab-router", folder, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(folder, "more.mjs"), "1");

        var refused = await Assert.ThrowsAsync<DeploymentException>(
            () => DeployAsync(text => text.Replace("../../edge/ab-router", folder, StringComparison.Ordinal)));

        Directory.Delete(folder, recursive: true);
        Assert.Contains("Code is over 52428800 bytes", refused.Message, StringComparison.Ordinal);
    }

    private static Task<(DistributionSettings Distribution, DeployedStack Deployed)> DeployAsync(
        Func<string, string> change) => EdgeStack.DeployAsync(
        new TemplateSource(
            "edge.yaml", change(Template).Replace("../../edge/ab-router", Router, StringComparison.Ordinal)),
        new Dictionary<string, string> { ["SiteBucketDomainName"] = "pages.s3.us-east-1.amazonaws.com" },
        new StackIdentity("edge", "arn:aws:cloudformation:us-east-1:000000000000:stack/edge/1", "000000000000",
            "us-east-1", "aws"),
        Tests.Deployment.HostTemplateParts.All, ViewerLimits.Strict, DateTimeOffset.UnixEpoch, CancellationToken.None);
}
