using Amazon.S3.Model;
using Isobar.Local.Deployment;
using Isobar.Local.Services;
using Isobar.Local.Services.S3;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.S3;

public sealed class BucketResourceTests
{
    [Fact]
    public async Task A_bucket_of_a_template_has_its_versions_and_its_notifications()
    {
        await using var s3 = await S3OnPortZero.StartAsync();

        var stack = await DeployAsync(s3,
            $$$"""
            Resources:
              Landing:
                Type: AWS::S3::Bucket
                Properties:
                  BucketName: landing
                  VersioningConfiguration: {Status: Enabled}
                  PublicAccessBlockConfiguration: {BlockPublicAcls: true}
                  BucketEncryption:
                    ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: AES256 } } ]
                  LifecycleConfiguration:
                    Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]
                  NotificationConfiguration:
                    LambdaConfigurations:
                      - Event: s3:ObjectCreated:*
                        Function: {{{StubTarget.Function}}}
                        Filter: {S3Key: {Rules: [{Name: prefix, Value: in/}, {Name: suffix, Value: .csv}]}}
            Outputs:
              Arn: {Value: !GetAtt Landing.Arn}
              Domain: {Value: !GetAtt Landing.RegionalDomainName}
              Name: {Value: !Ref Landing}
            """);

        Assert.Equal(
            ["arn:aws:s3:::landing", "landing.s3.us-east-1.amazonaws.com", "landing"],
            stack.Outputs.Select(output => output.Value));
        var put = await s3.Client.PutObjectAsync(
            new PutObjectRequest { BucketName = "landing", Key = "in/a.csv", ContentBody = "x" });
        Assert.NotNull(put.VersionId);
        await s3.World.Journal.WaitForAsync<DeliverySucceeded>(
            e => e.EventId.StartsWith("in/a.csv#", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Equal(
            ["BucketEncryption", "LifecycleConfiguration", "PublicAccessBlockConfiguration"],
            stack.Inert.Select(setting => setting.Property).Order());
    }

    [Fact]
    public async Task A_bucket_without_a_name_gets_one_of_its_stack()
    {
        await using var s3 = await S3OnPortZero.StartAsync();

        await DeployAsync(s3, "Resources: {Landing: {Type: 'AWS::S3::Bucket'}}");

        Assert.StartsWith("isobar-landing-", Assert.Single((await s3.Client.ListBucketsAsync()).Buckets).BucketName);
    }

    [Theory]
    [InlineData("BucketName: NoGood", "BucketName")]
    [InlineData("WebsiteConfiguration: {IndexDocument: x}", "WebsiteConfiguration")]
    [InlineData("BucketEncryption: {ServerSideEncryptionConfiguration: "
        + "[{ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}}]}", "SSE-S3")]
    [InlineData("NotificationConfiguration: {QueueConfigurations: [{Event: 's3:ObjectCreated:*', Queue: 'a'}]}",
        "QueueConfigurations")]
    [InlineData("NotificationConfiguration: {LambdaConfigurations: [{Event: 's3:Nothing', Function: '"
        + StubTarget.Function + "'}]}", "not supported")]
    [InlineData("NotificationConfiguration: {LambdaConfigurations: [{Event: 's3:ObjectCreated:*', Function: '"
        + StubTarget.Function + "2'}]}", "Unable to validate")]
    public async Task A_bucket_that_cannot_be_honoured_is_refused_and_not_created(string properties, string expected)
    {
        await using var s3 = await S3OnPortZero.StartAsync();

        var error = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(s3,
            $"Resources:\n  Landing:\n    Type: AWS::S3::Bucket\n    Properties:\n      {properties}"));

        Assert.Contains(expected, error.Message);
        Assert.Empty((await s3.Client.ListBucketsAsync()).Buckets ?? []);
    }

    private static Task<DeployedStack> DeployAsync(S3OnPortZero s3, string template) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack, [s3.Module],
            TemplateParts.None, Deploy.Created,
        TestContext.Current.CancellationToken);
}
