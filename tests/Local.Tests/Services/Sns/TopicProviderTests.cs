using Isobar.Local.Deployment;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.Sns;

public sealed class TopicProviderTests
{
    [Fact]
    public async Task Topics_and_subscriptions_of_the_template_exist_as_they_were_declared()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var stack = await DeployAsync(sns, """
            Resources:
              Quality:
                Type: AWS::SNS::Topic
                Properties:
                  TopicName: quality
                  DisplayName: Quality
                  KmsMasterKeyId: alias/aws/sns
                  Subscription: [{Protocol: sqs, Endpoint: 'arn:aws:sqs:us-east-1:000000000000:audit'}]
              Catalog:
                Type: AWS::SNS::Subscription
                Properties:
                  TopicArn: !Ref Quality
                  Protocol: lambda
                  Endpoint: arn:aws:lambda:us-east-1:000000000000:function:Catalog
                  FilterPolicyScope: MessageBody
                  FilterPolicy: {detail: {rows: [{numeric: ['>', 0]}]}}
                  RedrivePolicy: {deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead'}
              Unnamed: {Type: AWS::SNS::Topic}
            Outputs:
              Arn: {Value: !Ref Quality}
              Name: {Value: !GetAtt Quality.TopicName}
              Same: {Value: !GetAtt Quality.TopicArn}
              Subscription: {Value: !Ref Catalog}
              Unnamed: {Value: !GetAtt Unnamed.TopicName}
            """);

        var outputs = stack.Outputs.ToDictionary(output => output.Key, output => output.Value);
        Assert.Equal("arn:aws:sns:us-east-1:000000000000:quality", outputs["Arn"]);
        Assert.Equal((outputs["Arn"], "quality"), (outputs["Same"], outputs["Name"]));
        Assert.StartsWith("isobar-Unnamed-", outputs["Unnamed"], StringComparison.Ordinal);
        Assert.Equal("KmsMasterKeyId", Assert.Single(stack.Inert).Property);
        var listed = await sns.OkAsync("ListSubscriptionsByTopic", ("TopicArn", outputs["Arn"]));
        Assert.Equal(["lambda", "sqs"], SnsOnPortZero.Texts(listed, "Protocol").Order());
        var shown = SnsOnPortZero.Attributes(
            await sns.OkAsync("GetSubscriptionAttributes", ("SubscriptionArn", outputs["Subscription"])));
        Assert.Equal("""{"detail":{"rows":[{"numeric":[">",0]}]}}""", shown["FilterPolicy"]);
        Assert.Equal("MessageBody", shown["FilterPolicyScope"]);
    }

    [Theory]
    [InlineData("AWS::SNS::Topic", "FifoTopic: true", "FifoTopic must be false: FIFO topics are not supported")]
    [InlineData("AWS::SNS::Topic", "ArchivePolicy: {}", "property ArchivePolicy of AWS::SNS::Topic is not supported")]
    [InlineData("AWS::SNS::Topic", "TracingConfig: Active", "TracingConfig must be one of PassThrough, not Active")]
    [InlineData("AWS::SNS::Subscription", "Region: eu-west-1, TopicArn: a, Protocol: sqs, Endpoint: b",
        "Region must be the stack's own: subscriptions across Regions are not supported")]
    [InlineData("AWS::SNS::Subscription", "TopicArn: a, Protocol: email, Endpoint: b",
        "Amazon SNS does not support this protocol string: email")]
    public async Task What_is_not_done_here_is_refused(string type, string properties, string message)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var fault = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(
            sns, $$"""Resources: {T: {Type: '{{type}}', Properties: { {{properties}} } } }"""));
        Assert.Contains(message, Assert.Single(fault.Errors).Message, StringComparison.Ordinal);
    }

    private static async Task<DeployedStack> DeployAsync(SnsOnPortZero sns, string template) =>
        await StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack,
            [sns.Module], TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);
}
