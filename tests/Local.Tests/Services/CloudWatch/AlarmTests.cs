using Isobar.Local.Services;
using Isobar.Local.Services.CloudWatch.Alarms;

namespace Isobar.Local.Tests.Services.CloudWatch;

public sealed class AlarmTests
{
    private const string Topic = "arn:aws:sns:us-east-1:000000000000:alarms";

    [Fact]
    public async Task An_alarm_goes_off_at_the_end_of_the_period_and_tells_its_topic()
    {
        await using var cloudWatch = await StartAsync("errors", "notBreaching");
        await PutAsync(cloudWatch, 5);

        await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("ALARM", await cloudWatch.StateAsync("errors"));
        var (topic, subject, message) = Assert.Single(cloudWatch.Topics.Received);
        Assert.Equal(Topic, topic.ToString());
        Assert.Equal("ALARM: \"errors\" in US East (N. Virginia)", subject);
        Assert.Equal("ALARM", message.GetProperty("NewStateValue").GetString());
        Assert.Equal("INSUFFICIENT_DATA", message.GetProperty("OldStateValue").GetString());
        Assert.StartsWith("Threshold Crossed: 1 datapoint [5.0 (",
            message.GetProperty("NewStateReason").GetString(), StringComparison.Ordinal);
        var trigger = message.GetProperty("Trigger");
        Assert.Equal("errors", trigger.GetProperty("MetricName").GetString());
        Assert.Equal("SUM", trigger.GetProperty("Statistic").GetString());
        Assert.Equal("web", trigger.GetProperty("Dimensions")[0].GetProperty("value").GetString());
        Assert.Contains(cloudWatch.World.Journal.After(0),
            entry => entry.Fact is AlarmStateChanged { AlarmName: "errors", NewState: "ALARM" });
    }

    [Fact]
    public async Task An_alarm_comes_back_when_the_data_are_good_again_and_rests_without_a_timer()
    {
        await using var cloudWatch = await StartAsync("errors", "notBreaching");
        await PutAsync(cloudWatch, 5);
        await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(1));

        await cloudWatch.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Equal("OK", await cloudWatch.StateAsync("errors"));
        Assert.DoesNotContain(cloudWatch.World.Clock.ArmedTimers(), timer => timer.Name.Contains("alarm"));
        await PutAsync(cloudWatch, 5);
        await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("ALARM", await cloudWatch.StateAsync("errors"));
    }

    [Fact]
    public async Task An_alarm_without_data_has_insufficient_data()
    {
        await using var cloudWatch = await StartAsync("errors", "missing");
        await PutAsync(cloudWatch, 0);
        await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("OK", await cloudWatch.StateAsync("errors"));

        await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("INSUFFICIENT_DATA", await cloudWatch.StateAsync("errors"));
    }

    [Fact]
    public async Task A_jump_evaluates_each_period_that_it_passes()
    {
        await using var cloudWatch = await StartAsync("errors", "notBreaching");
        for (var minute = 0; minute < 6; minute++)
        {
            await PutAsync(cloudWatch, minute % 2 == 0 ? 5 : 0);
            await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(5));

        var changes = cloudWatch.World.Journal.After(0).Select(entry => entry.Fact).OfType<AlarmStateChanged>();
        Assert.Equal(["ALARM", "OK", "ALARM", "OK", "ALARM", "OK"], changes.Select(change => change.NewState));
    }

    [Fact]
    public async Task Disabled_actions_are_not_performed_and_the_state_changes_all_the_same()
    {
        await using var cloudWatch = await StartAsync("errors", "notBreaching");
        await cloudWatch.OkAsync("DisableAlarmActions", """{"AlarmNames":["errors"]}""");

        await cloudWatch.OkAsync("SetAlarmState",
            """{"AlarmName":"errors","StateValue":"ALARM","StateReason":"a test"}""");

        Assert.Equal("ALARM", await cloudWatch.StateAsync("errors"));
        Assert.True(await cloudWatch.World.Activity.WaitForQuietAsync(TimeSpan.FromSeconds(60), default));
        Assert.Empty(cloudWatch.Topics.Received);
    }

    [Fact]
    public async Task A_state_that_is_set_by_hand_lasts_until_the_next_evaluation()
    {
        await using var cloudWatch = await StartAsync("errors", "notBreaching");
        await cloudWatch.OkAsync("SetAlarmState",
            """{"AlarmName":"errors","StateValue":"ALARM","StateReason":"a test"}""");

        await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("OK", await cloudWatch.StateAsync("errors"));
    }

    [Fact]
    public async Task The_history_has_each_change_and_action_and_outlives_the_alarm()
    {
        await using var cloudWatch = await StartAsync("errors", "notBreaching");
        await PutAsync(cloudWatch, 5);
        await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(1));
        await cloudWatch.OkAsync("DeleteAlarms", """{"AlarmNames":["errors"]}""");

        var history = await cloudWatch.OkAsync("DescribeAlarmHistory",
            """{"AlarmName":"errors","ScanBy":"TimestampAscending"}""");

        Assert.Equal(
            [
                "Alarm \"errors\" created", "Alarm updated from INSUFFICIENT_DATA to ALARM",
                $"Successfully executed action {Topic}", "Alarm \"errors\" deleted",
            ],
            history.GetProperty("AlarmHistoryItems").EnumerateArray()
                .Select(item => item.GetProperty("HistorySummary").GetString()));
        Assert.Equal("404 ResourceNotFound Unknown",
            await cloudWatch.ErrorAsync("DeleteAlarms", """{"AlarmNames":["errors"]}"""));
    }

    [Fact]
    public async Task An_action_that_can_not_be_performed_is_a_fact_and_a_line_of_the_history()
    {
        await using var cloudWatch = await StartAsync("errors", "notBreaching", Topic.Replace("alarms", "gone"));
        await cloudWatch.OkAsync("SetAlarmState",
            """{"AlarmName":"errors","StateValue":"ALARM","StateReason":"a test"}""");

        var failed = await cloudWatch.World.Journal.WaitForAsync<AlarmActionFailed>(
            _ => true, TimeSpan.FromSeconds(60), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(("errors", "The resource does not exist."), (failed.AlarmName, failed.Reason));
    }

    [Fact]
    public async Task A_service_makes_an_alarm_acts_on_it_each_minute_and_is_told_of_its_changes()
    {
        await using var cloudWatch = await StartAsync("errors", "notBreaching");
        var policy = new Policies();
        cloudWatch.World.Directory.Add(policy);
        var arn = Arn.TryParse("arn:aws:cloudwatch:us-east-1:000000000000:alarm:high")!;
        var alarms = cloudWatch.World.Directory.Of<IAlarms>(arn)!;
        var told = new List<AlarmState>();
        using var watching = alarms.Watch(change =>
        {
            if (change.Alarm.Definition.Name != "high") return;
            lock (told) told.Add(change.NewState);
        });
        alarms.Put(arn, new AlarmDefinition(
            "high", new Metric("app", "load"), "Average", TimeSpan.FromMinutes(1), 1, 0.5, "GreaterThanThreshold")
        {
            AlarmActions = ["arn:aws:autoscaling:us-east-1:000000000000:scalingPolicy:x"],
        });

        for (var minute = 0; minute < 3; minute++)
        {
            cloudWatch.World.Context.Metrics.Record(new MetricDatum(new Metric("app", "load"), 0.9, "None"));
            await cloudWatch.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(AlarmState.Alarm, alarms.Find(arn)!.State);
        Assert.Equal([AlarmState.Alarm], told);
        Assert.Equal([0.9, 0.9, 0.9], policy.Values);
        alarms.Delete(arn);
        Assert.Null(alarms.Find(arn));
    }

    private static async Task<CloudWatchOnPortZero> StartAsync(string name, string missing, string topic = Topic)
    {
        var cloudWatch = await CloudWatchOnPortZero.StartAsync();
        await cloudWatch.ToNextMinuteAsync();
        await cloudWatch.OkAsync("PutMetricAlarm", $$"""
            {"AlarmName":"{{name}}","Namespace":"app","MetricName":"errors","Statistic":"Sum","Period":60,
             "Dimensions":[{"Name":"tier","Value":"web"}],"EvaluationPeriods":1,"Threshold":1,
             "ComparisonOperator":"GreaterThanThreshold","TreatMissingData":"{{missing}}",
             "AlarmActions":["{{topic}}"]}
            """);
        return cloudWatch;
    }

    private static Task PutAsync(CloudWatchOnPortZero cloudWatch, double value) => cloudWatch.OkAsync("PutMetricData",
        $$"""
        {"Namespace":"app","MetricData":[{"MetricName":"errors","Value":{{value}},
         "Dimensions":[{"Name":"tier","Value":"web"}]}]}
        """);

    private sealed class Policies : IAlarmAction
    {
        private readonly List<double> values = [];

        public string Service => "autoscaling";

        public bool Repeats => true;

        public IReadOnlyList<double> Values
        {
            get { lock (values) return [.. values]; }
        }

        public bool Exists(Arn resource) => true;

        public ValueTask ActAsync(Arn action, AlarmStateChange change, CancellationToken cancellationToken)
        {
            lock (values) values.Add(change.Value!.Value);
            return ValueTask.CompletedTask;
        }
    }
}
