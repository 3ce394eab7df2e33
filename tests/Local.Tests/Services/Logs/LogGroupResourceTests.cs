using Isobar.Local.Deployment;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.Logs;

public sealed class LogGroupResourceTests
{
    [Fact]
    public async Task A_group_of_a_template_is_there_with_its_retention_and_tags()
    {
        await using var logs = await LogsOnPortZero.StartAsync();

        var stack = await DeployAsync(logs, """
            Resources:
              Named:
                Type: AWS::Logs::LogGroup
                Properties: {LogGroupName: /aws/lambda/x, RetentionInDays: 14, Tags: [{Key: a, Value: b}]}
              Unnamed: {Type: AWS::Logs::LogGroup, Properties: {KmsKeyId: key}}
            Outputs:
              Named: {Value: !Sub '${Named} ${Named.Arn}'}
              Unnamed: {Value: !Ref Unnamed}
            """);

        Assert.Equal("/aws/lambda/x arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/x:*",
            stack.Outputs[0].Value);
        Assert.StartsWith("isobar-Unnamed-", stack.Outputs[1].Value, StringComparison.Ordinal);
        Assert.Equal("KmsKeyId", Assert.Single(stack.Inert).Property);
        var groups = (await logs.OkAsync("DescribeLogGroups", "{}")).GetProperty("logGroups");
        Assert.Equal(2, groups.GetArrayLength());
        Assert.Equal(14, groups[0].GetProperty("retentionInDays").GetInt32());
        Assert.Equal("""{"tags":{"a":"b"}}""",
            (await logs.OkAsync("ListTagsLogGroup", """{"logGroupName":"/aws/lambda/x"}""")).GetRawText());
    }

    [Theory]
    [InlineData("RetentionInDays: 2", "RetentionInDays must be one of 1, 3, 5, 7")]
    [InlineData("LogGroupName: 'a:b'", "failed to satisfy constraint")]
    [InlineData("LogGroupClass: DELIVERY", "The log group class DELIVERY is not supported.")]
    [InlineData("Retention: 1", "property Retention of AWS::Logs::LogGroup is not supported")]
    public async Task What_a_group_can_not_be_here_stops_the_deployment(string properties, string reason)
    {
        await using var logs = await LogsOnPortZero.StartAsync();

        var refused = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(
            logs, "Resources: {Group: {Type: 'AWS::Logs::LogGroup', Properties: {" + properties + "}}}"));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static Task<DeployedStack> DeployAsync(LogsOnPortZero logs, string template) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack, [logs.Module],
        TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);
}
