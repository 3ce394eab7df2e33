using Isobar.Local.Deployment;
using Isobar.Local.Edge;
using Isobar.Local.Edge.Stack;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Edge;

/// <summary>Deploys distribution.yaml, changed, without running anything.</summary>
internal static class EdgeTemplate
{
    private static readonly string Text = RepositoryFile.Read("tests/Local.Tests/Edge/distribution.yaml");
    private static readonly string Code = Directory.CreateTempSubdirectory("isobar-edge-code-").FullName;

    /// <summary>Deploys it with one text in place of another, which must be there.</summary>
    public static Task<(DistributionSettings Distribution, DeployedStack Deployed)> DeployAsync(
        string written, string changed, string? code = null, string region = "us-east-1")
    {
        Assert.Contains(written, Text, StringComparison.Ordinal);
        return DeployAsync(text => text.Replace(written, changed, StringComparison.Ordinal), code, region);
    }

    public static Task<(DistributionSettings Distribution, DeployedStack Deployed)> DeployAsync(
        Func<string, string>? change = null, string? code = null, string region = "us-east-1") =>
        DeployTextAsync(
            (change ?? (text => text))(Text).Replace("CODE", code ?? Code, StringComparison.Ordinal), region);

    public static Task<(DistributionSettings Distribution, DeployedStack Deployed)> DeployTextAsync(
        string text, string region = "us-east-1", string file = "edge.yaml") => EdgeStack.DeployAsync(
        new TemplateSource(file, text),
        new Dictionary<string, string> { ["SiteBucketDomainName"] = "pages.s3.us-east-1.amazonaws.com" },
        new StackIdentity("edge", $"arn:aws:cloudformation:{region}:000000000000:stack/edge/1", "000000000000",
            region, "aws"),
        Tests.Deployment.HostTemplateParts.All, FunctionLimits.Strict, DateTimeOffset.UnixEpoch,
        CancellationToken.None);

    /// <summary>The message that a change is refused with.</summary>
    public static async Task<string> RefusalAsync(
        string written, string changed, string? code = null, string region = "us-east-1") =>
        (await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(written, changed, code, region))).Message;
}
