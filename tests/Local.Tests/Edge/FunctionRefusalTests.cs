using Isobar.Local.Deployment;
using Isobar.Local.Edge;

namespace Isobar.Local.Tests.Edge;

/// <summary>Functions that CloudFront would not associate, in CloudFront's words.</summary>
public sealed class FunctionRefusalTests
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:edge-TheFunction-";
    private const string Timeout = "Timeout: 5\n";
    private const string Association = "!Ref TheFunction.Version, IncludeBody: false";

    [Theory]
    [InlineData(Timeout, "Timeout: 6\n", "The function timeout is larger than the maximum allowed for functions that "
        + "are triggered by a CloudFront event: 6 Max allowed: 5 Function: " + Function)]
    [InlineData("MemorySize: 128", "MemorySize: 256", "The function memory size is larger than the maximum allowed "
        + "size for functions that are triggered by a CloudFront event: 256 Max allowed: 128 Function: " + Function)]
    [InlineData("nodejs22.x", "dotnet10", "The function has an invalid runtime for functions that are triggered by a "
        + "CloudFront event: dotnet10 Expecting: nodejs24.x, nodejs22.x, nodejs20.x, python3.14, ")]
    [InlineData("nodejs22.x", "python3.7", "event: python3.7 Expecting: ")]
    [InlineData(Timeout, "Environment: {Variables: {A: b}}\n",
        "The function cannot have environment variables. Function: " + Function)]
    [InlineData(Timeout, "Layers: [l]\n", "The function cannot have layers. Function: " + Function)]
    [InlineData(Timeout, "VpcConfig: {SubnetIds: [a], SecurityGroupIds: [b]}\n",
        "The function cannot have a VPC configuration. Function: ")]
    [InlineData(Timeout, "Tracing: Active\n", "The function cannot have tracing. Function: ")]
    [InlineData(Timeout, "DeadLetterQueue: {Type: SQS, TargetArn: a}\n",
        "The function cannot have a dead-letter queue. Function: ")]
    [InlineData(Timeout, "EphemeralStorage: {Size: 513}\n",
        "The function cannot have more than 512 MB of ephemeral storage. Function: ")]
    [InlineData(Timeout, "KmsKeyArn: k\n", "The function cannot have a customer managed key. Function: ")]
    [InlineData("[x86_64]", "[arm64]", "The function cannot have the architecture arm64. Function: ")]
    [InlineData(Timeout, "ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 1}\n",
        "The function cannot have provisioned concurrency. Function: ")]
    [InlineData(Association, "!Ref TheFunction.Alias", "The function ARN must reference a specific function "
        + "version. (The ARN must end with the version number.) ARN: " + Function)]
    [InlineData(Association, "!GetAtt TheFunction.Arn",
        "The function ARN must reference a specific function version. ")]
    [InlineData(Association, "!Sub '${TheFunction.Arn}:$LATEST'",
        "The function ARN must reference a specific function version. ")]
    [Claim("E1")]
    [Claim("E2")]
    public async Task A_function_that_CloudFront_does_not_run_is_refused(string written, string changed, string why) =>
        Assert.Contains(why, await EdgeTemplate.RefusalAsync(written, changed), StringComparison.Ordinal);

    [Theory]
    [InlineData("PackageType: Image, Code: {ImageUri: a}", "The function cannot have a container image. Function: ")]
    [InlineData("Code: CODE, Handler: a.b, Runtime: nodejs22.x, RuntimeManagementConfig: {UpdateRuntimeOn: Manual}",
        "The function cannot have runtime updates other than Auto. Function: ")]
    [InlineData("Code: CODE, Handler: a.b, Runtime: nodejs22.x, TracingConfig: {Mode: Active}",
        "The function cannot have tracing. Function: ")]
    public async Task A_function_without_SAM_is_refused_too(string properties, string why)
    {
        var refused = await Assert.ThrowsAsync<DeploymentException>(() => EdgeTemplate.DeployAsync(text => text
            .Replace("# more resources", $$$"""
                Another:
                    Type: AWS::Lambda::Function
                    Properties: {Role: r, {{{properties}}} }
                  AnotherVersion: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Another}}
                """)
            .Replace("!Ref TheFunction.Version}", "!Ref AnotherVersion}", StringComparison.Ordinal)));

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_outside_us_east_1_is_refused() => Assert.Contains(
        "The function must be in region 'us-east-1'. ARN: arn:aws:lambda:eu-central-1:",
        await EdgeTemplate.RefusalAsync(Timeout, Timeout, region: "eu-central-1"), StringComparison.Ordinal);

    [Fact]
    public async Task A_function_that_no_event_runs_may_have_what_CloudFront_would_refuse()
    {
        var (distribution, _) = await EdgeTemplate.DeployAsync("# more resources", """
            Another:
                Type: AWS::Serverless::Function
                Properties:
                  CodeUri: CODE
                  Handler: index.handler
                  Runtime: nodejs22.x
                  Timeout: 60
                  Environment: {Variables: {A: b}}
                  Role: arn:aws:iam::000000000000:role/edge
            """);

        Assert.Single(distribution.Functions);
    }

    [Theory]
    [InlineData("Timeout: 30\n", null)]
    [InlineData("Timeout: 31\n", "31 Max allowed: 30")]
    public async Task A_function_of_the_origins_events_has_30_s(string timeout, string? why)
    {
        Func<string, string> change = text => OriginEvents(text).Replace(Timeout, timeout);
        if (why is null) await EdgeTemplate.DeployAsync(change);
        else
            Assert.Contains(why, (await Assert.ThrowsAsync<DeploymentException>(
                () => EdgeTemplate.DeployAsync(change))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_of_the_origins_events_has_as_much_memory_as_Lambda_gives() =>
        await EdgeTemplate.DeployAsync(text => OriginEvents(text).Replace("MemorySize: 128", "MemorySize: 10240"));

    [Fact]
    public async Task A_package_is_1_MB_compressed_for_viewers_and_50_MB_for_origins()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-edge-code-").FullName;
        try
        {
            var noise = new byte[EventLimits.StrictViewer.MaxPackageBytes + 1];
            new Random(7).NextBytes(noise);
            await using (var zeros = File.Create(Path.Combine(folder, "zeros")))
                zeros.SetLength(20 * 1024 * 1024);
            await EdgeTemplate.DeployAsync(code: folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, "noise"), noise);

            var refused = await EdgeTemplate.RefusalAsync(Timeout, Timeout, folder);

            Assert.Contains("The function code size is larger than the maximum allowed size for functions that are "
                + "triggered by a CloudFront event: ", refused, StringComparison.Ordinal);
            Assert.Contains(" Max allowed: 1048576 Function: ", refused, StringComparison.Ordinal);
            await EdgeTemplate.DeployAsync(OriginEvents, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("EventType: viewer-response", "EventType: viewer-request", "viewer-request is associated twice")]
    [InlineData("EventType: viewer-response", "EventType: after-lunch",
        "EventType must be one of viewer-request, origin-request, origin-response, viewer-response")]
    [InlineData("LambdaFunctionARN: !Ref TheFunction.Version}", "LambdaFunctionARN: !Ref TheFunction.Version, "
        + "IncludeBody: true}", "IncludeBody can't be true at viewer-response: only requests have a body")]
    public async Task An_association_that_makes_no_sense_is_refused(string written, string changed, string why) =>
        Assert.Contains(why, await EdgeTemplate.RefusalAsync(written, changed), StringComparison.Ordinal);

    private static string OriginEvents(string text) => text
        .Replace("viewer-request,", "origin-request,", StringComparison.Ordinal)
        .Replace("viewer-response,", "origin-response,", StringComparison.Ordinal);
}
