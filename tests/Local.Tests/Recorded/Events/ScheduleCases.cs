using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Events;

public sealed class ScheduleCases : RecordedTest
{
    private const string Invalid = "400 ValidationException: Parameter ScheduleExpression is not valid.";
    private const string Minutely = "rate(1 minute)";

    [Fact]
    [RecordedCase("events: test_put_rule_with_schedule_rate")]
    public Task A_rule_with_a_rate_is_made_and_shown() => IsShownAsync(Minutely);

    [Theory]
    [InlineData("cron(0 2 ? * SAT *)")]
    [InlineData("cron(0 12 * * ? *)")]
    [InlineData("cron(5,35 14 * * ? *)")]
    [InlineData("cron(15 10 ? * 6L 2002-2005)")]
    [InlineData("cron(0 2 ? * SAT#3 *)")]
    [InlineData("cron(* * ? * SAT#3 *)")]
    [InlineData("cron(0/5 5 ? JAN 1-5 2022)")]
    [InlineData("cron(0 10 * * ? *)")]
    [InlineData("cron(15 12 * * ? *)")]
    [InlineData("cron(0 18 ? * MON-FRI *)")]
    [InlineData("cron(0 8 1 * ? *)")]
    [InlineData("cron(0/15 * * * ? *)")]
    [InlineData("cron(0/10 * ? * MON-FRI *)")]
    [InlineData("cron(0/5 8-17 ? * MON-FRI *)")]
    [InlineData("cron(0/30 20-23 ? * MON-FRI *)")]
    [InlineData("cron(0/30 0-2 ? * MON-FRI *)")]
    [RecordedCase("events: tests_put_rule_with_schedule_cron")]
    public Task A_rule_with_a_calendar_is_made_and_shown(string schedule) => IsShownAsync(schedule);

    [Fact]
    [RecordedCase("events: tests_put_rule_with_schedule_custom_event_bus")]
    public async Task Only_the_default_bus_has_schedules()
    {
        (await EventsAsync("CreateEventBus", """{"Name":"bus"}""")).Ok();
        Assert.Equal("400 ValidationException: ScheduleExpression is supported only on the default event bus.",
            (await EventsAsync("PutRule",
                $$"""{"Name":"rule","EventBusName":"bus","ScheduleExpression":"{{Minutely}}"}""")).Error);
    }

    [Theory]
    [InlineData("rate(10 seconds)")]
    [InlineData("rate(10 years)")]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(1 hours)")]
    [InlineData("rate(1 days)")]
    [InlineData("rate(10 minute)")]
    [InlineData("rate(10 hour)")]
    [InlineData("rate(10 day)")]
    [InlineData("rate()")]
    [InlineData("rate(10)")]
    [InlineData("rate(10 minutess)")]
    [InlineData("rate(foo minutes)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(-10 minutes)")]
    [InlineData("rate(10 MINUTES)")]
    [InlineData("rate( 10 minutes )")]
    [InlineData(" rate(10 minutes)")]
    [RecordedCase("events: test_put_rule_with_invalid_schedule_rate")]
    public async Task A_rate_that_is_none_is_refused(string schedule) =>
        Assert.Equal(Invalid, (await PutRuleAsync(schedule)).Error);

    [Theory]
    [InlineData("cron(0 1 * * * *)")]
    [InlineData("cron(7 20 * * NOT *)")]
    [InlineData("cron(INVALID)")]
    [InlineData("cron(0 dummy ? * MON-FRI *)")]
    [InlineData("cron(71 8 1 * ? *)")]
    [RecordedCase("events: tests_put_rule_with_invalid_schedule_cron")]
    public async Task A_calendar_that_is_none_is_refused(string schedule) =>
        Assert.Equal(Invalid, (await PutRuleAsync(schedule)).Error);

    [Fact]
    [RecordedCase("events: tests_schedule_rate_target_sqs")]
    public async Task A_queue_receives_the_event_of_a_schedule_at_each_of_its_times()
    {
        var queue = await TargetAsync(Minutely);
        await PassAsync(60);
        var first = Event(await ReceiveAsync(queue));
        await PassAsync(60);
        var second = Event(await ReceiveAsync(queue));

        Assert.Equal(60, (Time(second) - Time(first)).TotalSeconds);
        foreach (var happened in new[] { first, second })
        {
            (happened["id"], happened["time"]) = ("i", "t");
            Assert.Equal($$"""
                {"version":"0","id":"i","detail-type":"Scheduled Event","source":"aws.events","account":"{{Account}}",
                "time":"t","region":"us-east-1","resources":["arn:aws:events:us-east-1:{{Account}}:rule/rule"],
                "detail":{} }
                """.ReplaceLineEndings("").Replace("} }", "}}", StringComparison.Ordinal), happened.ToJsonString());
        }
    }

    [Fact]
    [RecordedCase("events: tests_schedule_rate_custom_input_target_sqs")]
    public async Task A_queue_receives_constant_JSON_in_place_of_the_event()
    {
        var queue = await TargetAsync(Minutely, """{"custom-value": "somecustominput"}""");
        await PassAsync(60);
        Assert.Equal("""{"custom-value": "somecustominput"}""", (string?)(await ReceiveAsync(queue))["Body"]);
    }

    [Fact]
    [RecordedCase("events: test_schedule_cron_target_sqs")]
    public async Task A_queue_receives_the_event_of_a_calendar_at_its_minute()
    {
        var queue = await TargetAsync("cron(* * * * ? *)");
        await PassAsync(60);
        Assert.Equal(0, Time(Event(await ReceiveAsync(queue))).Second);
    }

    [Fact]
    [RecordedCase("events: tests_scheduled_rule_does_not_trigger_on_put_events")]
    public async Task A_scheduled_rule_is_not_fired_by_events()
    {
        var queue = await TargetAsync(Minutely);
        (await EventsAsync("PutEvents",
            """{"Entries":[{"Source":"core.update-account-command","DetailType":"d","Detail":"{}"}]}""")).Ok();
        await QuietAsync();
        Assert.Equal("{}", (await SqsAsync("ReceiveMessage", queue)).Ok().Text);
    }

    private Task<Answer> PutRuleAsync(string schedule) => EventsAsync("PutRule",
        new JsonObject { ["Name"] = "rule", ["ScheduleExpression"] = schedule }.ToJsonString());

    private async Task IsShownAsync(string schedule)
    {
        Assert.Equal($$"""{"RuleArn":"arn:aws:events:us-east-1:{{Account}}:rule/rule"}""",
            (await PutRuleAsync(schedule)).Ok().Text);
        Assert.Equal($$"""
            {"Rules":[{"Arn":"arn:aws:events:us-east-1:{{Account}}:rule/rule","EventBusName":"default","Name":"rule",
            "ScheduleExpression":"{{schedule}}","State":"ENABLED"}]}
            """.ReplaceLineEndings(""), (await EventsAsync("ListRules", """{"NamePrefix":"rule"}""")).Ok().Text);
    }

    /// <summary>A new queue as the target of a scheduled rule.</summary>
    private async Task<string> TargetAsync(string schedule, string? input = null)
    {
        var queue = await QueueAsync();
        (await PutRuleAsync(schedule)).Ok();
        var target = new JsonObject { ["Id"] = "t", ["Arn"] = $"arn:aws:sqs:us-east-1:{Account}:queue" };
        if (input is not null) target["Input"] = input;
        (await EventsAsync("PutTargets",
            new JsonObject { ["Rule"] = "rule", ["Targets"] = new JsonArray(target) }.ToJsonString())).Ok();
        return queue;
    }

    private async Task<JsonNode> ReceiveAsync(string queue)
    {
        var message = Assert.Single((await SqsAsync("ReceiveMessage", queue)).Ok().Body!["Messages"]!.AsArray())!;
        (await SqsAsync("DeleteMessage", queue, $$"""{"ReceiptHandle":"{{message["ReceiptHandle"]}}"}""")).Ok();
        return message;
    }

    private static JsonNode Event(JsonNode message) => JsonNode.Parse((string)message["Body"]!)!;

    private static DateTimeOffset Time(JsonNode happened) =>
        DateTimeOffset.Parse((string)happened["time"]!, System.Globalization.CultureInfo.InvariantCulture);
}
