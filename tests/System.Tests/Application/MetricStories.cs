using System.Text.Json.Nodes;
using Isobar.Local.Services.Sns;

namespace Isobar.Stories.Application;

/// <summary>What CloudWatch counts of functions, and what its alarms say.</summary>
[Collection(OneStack.Name)]
public sealed class MetricStories(StackFixture stack)
{
    private const string Function = "TransformFunction";

    /// <remarks>On AWS metrics come some minutes later; LocalStack has no metrics of aliases.</remarks>
    [Fact]
    [Targets(Target.Local, Target.Aws)]
    [Claim("M2")]
    public async Task An_invocation_is_counted_for_its_function_and_for_the_alias_that_was_invoked()
    {
        var function = stack.Stack.NameOf(Function);
        var (all, live) = (await SumAsync(function, null), await SumAsync(function, "live"));

        using var answer = await stack.Stack.Calls.InvokeAsync(
            $"{function}:live", """{"Records":[]}""", "RequestResponse");

        await stack.UntilAsync(() => SumAsync(function, "live"), now => now > live);
        await stack.UntilAsync(() => SumAsync(function, null), now => now > all);
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
        Assert.Equal("OK", await StateAsync(alarm));
        var before = stack.Host.Journal.LastSequence;

        var message = queue.DeepClone().AsObject();
        message["MessageBody"] = "{}";
        await stack.Stack.Calls.SqsAsync("SendMessage", message);
        await AdvanceAsync(2);

        Assert.Equal("ALARM", await StateAsync(alarm));
        await stack.Stack.Calls.SqsAsync("PurgeQueue", queue);
        await AdvanceAsync(3);
        Assert.Equal("OK", await StateAsync(alarm));
        var topic = stack.Stack.NameOf("AlarmsTopic");
        Assert.Equal(2, stack.Facts<MessagePublished>(before).Count(fact => topic.EndsWith(fact.Topic)));
    }

    private Task AdvanceAsync(int minutes) =>
        stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(minutes), default);

    private async Task<string> StateAsync(string alarm)
    {
        var found = await stack.Stack.Calls.CloudWatchAsync(
            "DescribeAlarms", new JsonObject { ["AlarmNames"] = new JsonArray(alarm) });
        return (string)found["MetricAlarms"]![0]!["StateValue"]!;
    }

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
