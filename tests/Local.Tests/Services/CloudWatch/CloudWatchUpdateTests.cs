using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.CloudWatch;

/// <summary>A stack whose alarms and dashboards are changed and given up while the host is up.</summary>
public sealed class CloudWatchUpdateTests
{
    [Fact]
    public async Task An_alarm_changes_in_place_and_keeps_its_state()
    {
        await using var cloudWatch = await CloudWatchOnPortZero.StartAsync();
        var stack = await DeployAsync(cloudWatch, Alarm("AlarmName: errors, Threshold: 1"));
        await cloudWatch.OkAsync(
            "SetAlarmState", """{"AlarmName":"errors","StateValue":"ALARM","StateReason":"by hand"}""");

        await UpdateAsync(cloudWatch, stack, Alarm("AlarmName: errors, Threshold: 5"));

        var alarm = (await AlarmsAsync(cloudWatch))[0];
        Assert.Equal(
            (5, "ALARM"), (alarm.GetProperty("Threshold").GetDouble(), alarm.GetProperty("StateValue").GetString()));
    }

    [Fact]
    public async Task An_alarm_that_the_template_no_longer_has_is_deleted()
    {
        await using var cloudWatch = await CloudWatchOnPortZero.StartAsync();
        var stack = await DeployAsync(cloudWatch, Alarm("Threshold: 1"));
        Assert.Single(await AlarmsAsync(cloudWatch));

        await UpdateAsync(cloudWatch, stack, Dashboard("'{\"widgets\":[]}'"));

        Assert.Empty(await AlarmsAsync(cloudWatch));
    }

    [Fact]
    public async Task A_dashboard_changes_in_place_and_is_deleted_with_its_resource()
    {
        await using var cloudWatch = await CloudWatchOnPortZero.StartAsync();
        var stack = await DeployAsync(cloudWatch, Dashboard("'{\"widgets\":[]}'"));

        const string other = """{"widgets":[{"type":"text","properties":{"markdown":"x"}}]}""";
        stack = await UpdateAsync(cloudWatch, stack, Dashboard($"'{other}'"));
        Assert.Equal(other, (await cloudWatch.OkAsync("GetDashboard", """{"DashboardName":"d"}"""))
            .GetProperty("DashboardBody").GetString());

        await UpdateAsync(cloudWatch, stack, Alarm("Threshold: 1"));
        Assert.Equal(0, (await cloudWatch.OkAsync("ListDashboards", "{}"))
            .GetProperty("DashboardEntries").GetArrayLength());
    }

    private static async Task<System.Text.Json.JsonElement[]> AlarmsAsync(CloudWatchOnPortZero cloudWatch) =>
        [.. (await cloudWatch.OkAsync("DescribeAlarms", "{}")).GetProperty("MetricAlarms").EnumerateArray()];

    private static string Alarm(string properties) => $$"""
        Resources:
          Alarm:
            Type: AWS::CloudWatch::Alarm
            Properties:
              {Namespace: app, MetricName: errors, Statistic: Sum, Period: 60, EvaluationPeriods: 1,
               ComparisonOperator: GreaterThanThreshold, {{properties}}}
        """;

    private static string Dashboard(string body) => $$"""
        Resources:
          Dashboard:
            Type: AWS::CloudWatch::Dashboard
            Properties: {DashboardName: d, DashboardBody: {{body}}}
        """;

    private static Task<DeployedStack> DeployAsync(CloudWatchOnPortZero cloudWatch, string template) =>
        StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack,
            cloudWatch.Module.Providers, TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);

    private static async Task<DeployedStack> UpdateAsync(
        CloudWatchOnPortZero cloudWatch, DeployedStack stack, string template)
    {
        var providers = new ProviderTable(cloudWatch.Module.Providers, TemplateParts.None);
        var plan = UpdatePlan.Prepare(
            stack, new TemplateSource("template.yaml", template), ParameterProfile.Empty, providers,
            TemplateParts.None);
        var outcome = await new StackUpdate(plan, providers, () => Deploy.Created.AddHours(1), _ => { })
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.Null(outcome.Failure);
        return outcome.Stack;
    }
}
