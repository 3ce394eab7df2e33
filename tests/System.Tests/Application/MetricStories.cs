using System.Text.Json.Nodes;
using Isobar.Local.Services.Sns;

namespace Isobar.Stories.Application;

/// <summary>What CloudWatch counts of functions, and what its alarms say.</summary>
[Collection(OneStack.Name)]
public sealed class MetricStories(StackFixture stack)
{
    private const string Function = "TransformFunction";

    private const string OwnAlarm = "isobar-story-alarm";

    /// <remarks>On AWS metrics come some minutes later.</remarks>
    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    [Claim("M2")]
    public async Task An_invocation_is_counted_for_its_function()
    {
        var function = stack.Stack.NameOf(Function);
        var before = await SumAsync(function, null);

        using var answer = await stack.Stack.Calls.InvokeAsync(function, """{"Records":[]}""", "RequestResponse");

        await stack.UntilAsync(() => SumAsync(function, null), now => now > before);
    }

    /// <remarks>LocalStack has no metrics of aliases.</remarks>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    [Claim("M2")]
    public async Task An_invocation_of_an_alias_is_counted_for_the_alias_and_for_its_function()
    {
        var function = stack.Stack.NameOf(Function);
        var (all, live) = (await SumAsync(function, null), await SumAsync(function, "live"));

        using var answer = await stack.Stack.Calls.InvokeAsync(
            $"{function}:live", """{"Records":[]}""", "RequestResponse");

        await stack.UntilAsync(() => SumAsync(function, "live"), now => now > live);
        await stack.UntilAsync(() => SumAsync(function, null), now => now > all);
    }

    /// <remarks>On AWS it takes some minutes: the alarm looks at each of them.</remarks>
    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task An_alarm_is_set_off_by_its_metric_is_over_with_it_and_has_both_in_its_history()
    {
        var metric = new JsonObject { ["Namespace"] = "isobar-story", ["MetricName"] = $"{Guid.NewGuid()}" };
        var definition = metric.DeepClone().AsObject();
        foreach (var (name, value) in new JsonObject
        {
            ["AlarmName"] = OwnAlarm, ["Statistic"] = "Maximum", ["Period"] = 60, ["EvaluationPeriods"] = 1,
            ["Threshold"] = 10, ["ComparisonOperator"] = "GreaterThanThreshold", ["TreatMissingData"] = "notBreaching",
        }) definition[name] = value?.DeepClone();
        await stack.Stack.Calls.CloudWatchAsync("PutMetricAlarm", definition);
        await BecomesAsync("OK");

        await stack.Stack.Calls.CloudWatchAsync("PutMetricData", new JsonObject
        {
            ["Namespace"] = metric["Namespace"]!.DeepClone(),
            ["MetricData"] = new JsonArray(
                new JsonObject { ["MetricName"] = metric["MetricName"]!.DeepClone(), ["Value"] = 11 }),
        });

        await BecomesAsync("ALARM");
        await BecomesAsync("OK");
        var history = await stack.Stack.Calls.CloudWatchAsync("DescribeAlarmHistory", new JsonObject
        {
            ["AlarmName"] = OwnAlarm, ["HistoryItemType"] = "StateUpdate", ["ScanBy"] = "TimestampDescending",
        });
        Assert.Equal(
            ["Alarm updated from ALARM to OK", "Alarm updated from OK to ALARM"],
            history["AlarmHistoryItems"]!.AsArray().Take(2).Select(item => (string?)item!["HistorySummary"]));
        await stack.Stack.Calls.CloudWatchAsync(
            "DeleteAlarms", new JsonObject { ["AlarmNames"] = new JsonArray(OwnAlarm) });
    }

    /// <remarks>The local profile alone has the alarms on, and moves the clock.</remarks>
    [Fact]
    [Targets(Target.Local)]
    public async Task A_message_in_a_failures_queue_sets_off_its_alarm_which_tells_the_topic_and_is_over_with_it()
    {
        var alarm = stack.Stack.NameOf("IntakeFailuresAlarm");
        var queue = new JsonObject { ["QueueUrl"] = stack.Stack.IntakeFailuresQueueUrl };
        await stack.Stack.Calls.SqsAsync("PurgeQueue", queue.DeepClone().AsObject());
        await AdvanceAsync(5);
        Assert.Equal("OK", await Alarms.StateAsync(stack.Stack, alarm));
        var before = stack.Host.Journal.LastSequence;

        var message = queue.DeepClone().AsObject();
        message["MessageBody"] = "{}";
        await stack.Stack.Calls.SqsAsync("SendMessage", message);
        await AdvanceAsync(2);

        Assert.Equal("ALARM", await Alarms.StateAsync(stack.Stack, alarm));
        await stack.Stack.Calls.SqsAsync("PurgeQueue", queue);
        await AdvanceAsync(3);
        Assert.Equal("OK", await Alarms.StateAsync(stack.Stack, alarm));
        var topic = stack.Stack.NameOf("AlarmsTopic");
        Assert.Equal(2, stack.Facts<MessagePublished>(before).Count(fact => topic.EndsWith(fact.Topic)));
    }

    private Task BecomesAsync(string state) => Alarms.BecomesAsync(stack, OwnAlarm, state);

    private Task AdvanceAsync(int minutes) =>
        stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(minutes), default);

    /// <summary>Invocations of some days around now, as the service's clock may be ahead.</summary>
    private async Task<double> SumAsync(string function, string? alias)
    {
        var dimensions = new JsonArray(new JsonObject { ["Name"] = "FunctionName", ["Value"] = function });
        if (alias is not null)
            dimensions.Add(new JsonObject { ["Name"] = "Resource", ["Value"] = $"{function}:{alias}" });
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var found = await stack.Stack.Calls.CloudWatchAsync("GetMetricStatistics", new JsonObject
        {
            ["Namespace"] = "AWS/Lambda",
            ["MetricName"] = "Invocations",
            ["Dimensions"] = dimensions,
            ["Statistics"] = new JsonArray("Sum"),
            ["Period"] = 86_400,
            ["StartTime"] = now - 86_400,
            ["EndTime"] = now + (60 * 86_400),
        });
        return found["Datapoints"]!.AsArray().Sum(point => (double)point!["Sum"]!);
    }
}
