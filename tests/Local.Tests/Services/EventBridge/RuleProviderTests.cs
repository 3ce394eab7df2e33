using Isobar.Local.Deployment;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.EventBridge;

public sealed class RuleProviderTests
{
    [Fact]
    public async Task Buses_and_rules_of_the_template_exist_as_they_were_declared()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        var stack = await DeployAsync(events, """
            Resources:
              Ops: {Type: AWS::Events::EventBus, Properties: {Name: ops, Description: Operations}}
              Failed:
                Type: AWS::Events::Rule
                Properties:
                  Name: failed
                  EventBusName: !Ref Ops
                  EventPattern:
                    source: [lambda]
                    detail: {requestContext: {approximateInvokeCount: [{numeric: ['>=', 3]}]}}
                  Targets:
                    - Id: audit
                      Arn: arn:aws:sqs:us-east-1:000000000000:audit
                      InputTransformer: {InputPathsMap: {id: $.id}, InputTemplate: '"<id>"'}
                      RetryPolicy: {MaximumRetryAttempts: 2}
              Unnamed:
                Type: AWS::Events::Rule
                Properties: {State: DISABLED, EventPattern: {source: [isobar]}}
            Outputs:
              Bus: {Value: !Sub '${Ops} ${Ops.Arn} ${Ops.Name}'}
              Rule: {Value: !Sub '${Failed} ${Failed.Arn}'}
              Unnamed: {Value: !Ref Unnamed}
            """);

        var outputs = stack.Outputs.ToDictionary(output => output.Key, output => output.Value);
        Assert.Equal("ops arn:aws:events:us-east-1:000000000000:event-bus/ops ops", outputs["Bus"]);
        Assert.Equal("ops|failed arn:aws:events:us-east-1:000000000000:rule/ops/failed", outputs["Rule"]);
        Assert.StartsWith("isobar-Unnamed-", outputs["Unnamed"], StringComparison.Ordinal);
        var shown = await events.OkAsync("DescribeRule", """{"Name":"failed","EventBusName":"ops"}""");
        Assert.Equal(
            """{"source":["lambda"],"detail":{"requestContext":{"approximateInvokeCount":[{"numeric":[">=",3]}]}}}""",
            shown.GetProperty("EventPattern").GetString());
        var targets = await events.OkAsync("ListTargetsByRule", """{"Rule":"failed","EventBusName":"ops"}""");
        Assert.Equal(
            """[{"Id":"audit","Arn":"arn:aws:sqs:us-east-1:000000000000:audit","InputTransformer":{"InputPathsMap":"""
            + """{"id":"$.id"},"InputTemplate":"\"<id>\""},"RetryPolicy":{"MaximumRetryAttempts":2}}]""",
            targets.GetProperty("Targets").GetRawText());
    }

    [Fact]
    public async Task A_schedule_of_the_template_fires_on_the_clock()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await DeployAsync(events, """
            Resources:
              Daily:
                Type: AWS::Events::Rule
                Properties:
                  ScheduleExpression: rate(1 day)
                  Targets: [{Id: t, Arn: 'arn:aws:sqs:us-east-1:000000000000:q', Input: '{"fixed":1}'}]
            """);

        events.World.Clock.JumpBy(TimeSpan.FromDays(1));
        await events.QuietAsync();

        Assert.Equal(["{\"fixed\":1}"], events.Queues.Texts("q"));
    }

    [Theory]
    [InlineData("ScheduleExpression: rate(1 minutes)", "Parameter ScheduleExpression is not valid.")]
    [InlineData("State: ENABLED", "EventPattern is required, or ScheduleExpression")]
    [InlineData("EventPattern: {source: isobar}", "\"source\" must be an object or an array")]
    [InlineData("EventPattern: {source: [a]}, Targets: [{Id: t, Arn: 'arn:aws:ecs:us-east-1:0:cluster/c'}]",
        "Targets of ecs are not supported here.")]
    [InlineData("EventPattern: {source: [a]}, Targets: [{Id: t, Arn: a, SqsParameters: {}}]",
        "property Targets[0].SqsParameters.MessageGroupId is required")]
    [InlineData("EventPattern: {source: [a]}, Targets: [{Id: t, Arn: a, EcsParameters: {}}]",
        "property Targets[0].EcsParameters of AWS::Events::Rule is not supported")]
    [InlineData("EventPattern: {source: [a]}, EventBusName: none", "Event bus none does not exist.")]
    public async Task What_is_not_done_here_is_refused(string properties, string message)
    {
        await using var events = await EventsOnPortZero.StartAsync();
        var fault = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(
            events, $$"""Resources: {R: {Type: 'AWS::Events::Rule', Properties: { {{properties}} } } }"""));
        Assert.Contains(message, Assert.Single(fault.Errors).Message, StringComparison.Ordinal);
    }

    private static async Task<DeployedStack> DeployAsync(EventsOnPortZero events, string template) =>
        await StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack,
            [events.Module], TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);
}
