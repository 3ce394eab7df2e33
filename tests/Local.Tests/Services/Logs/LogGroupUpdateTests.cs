using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.Logs;

/// <summary>A stack with a log group that is updated while the group holds events.</summary>
public sealed class LogGroupUpdateTests
{
    [Fact]
    public async Task Retention_and_tags_change_in_place_and_the_events_stay()
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        var stack = await DeployAsync(logs, Group("LogGroupName: g, RetentionInDays: 7, Tags: [{Key: a, Value: b}]"));
        logs.Write("kept", "g");

        await UpdateAsync(logs, stack, Group("LogGroupName: g, RetentionInDays: 30, Tags: [{Key: c, Value: d}]"));

        Assert.Equal((string[])["kept"], await logs.FilterAsync());
        var group = (await logs.OkAsync("DescribeLogGroups", "{}")).GetProperty("logGroups")[0];
        Assert.Equal(30, group.GetProperty("retentionInDays").GetInt32());
        Assert.Equal("""{"tags":{"c":"d"}}""",
            (await logs.OkAsync("ListTagsLogGroup", """{"logGroupName":"g"}""")).GetRawText());
        await UpdateAsync(logs, stack, Group("LogGroupName: g"));
        Assert.DoesNotContain(
            "retentionInDays", $"{await logs.OkAsync("DescribeLogGroups", "{}")}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_name_is_another_group_and_the_old_one_goes()
    {
        await using var logs = await LogsOnPortZero.StartAsync();
        var stack = await DeployAsync(logs, Group("LogGroupName: g"));

        await UpdateAsync(logs, stack, Group("LogGroupName: other"));

        var groups = (await logs.OkAsync("DescribeLogGroups", "{}")).GetProperty("logGroups").EnumerateArray();
        Assert.Equal("other", Assert.Single(groups.ToArray()).GetProperty("logGroupName").GetString());
    }

    private static string Group(string properties) =>
        "Resources: {Group: {Type: 'AWS::Logs::LogGroup', Properties: {" + properties + "}}}";

    private static Task<DeployedStack> DeployAsync(LogsOnPortZero logs, string template) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack, [logs.Module],
        TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);

    private static async Task UpdateAsync(LogsOnPortZero logs, DeployedStack stack, string template)
    {
        var providers = new ProviderTable([logs.Module], TemplateParts.None);
        var plan = UpdatePlan.Prepare(
            stack, new TemplateSource("template.yaml", template), ParameterProfile.Empty, providers,
            TemplateParts.None);
        var outcome = await new StackUpdate(plan, providers, () => Deploy.Created.AddHours(1), _ => { })
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.Null(outcome.Failure);
    }
}
