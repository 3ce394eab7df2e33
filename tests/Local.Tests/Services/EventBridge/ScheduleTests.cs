using System.Globalization;
using System.Text.Json;
using Isobar.Local.Services.EventBridge;

namespace Isobar.Local.Tests.Services.EventBridge;

/// <summary>Rules that the clock fires.</summary>
public sealed class ScheduleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_rate_fires_at_each_of_its_times_with_the_event_of_a_schedule()
    {
        await using var events = await ScheduledAsync("rate(5 minutes)");
        var start = events.World.Clock.GetUtcNow();

        await PassAsync(events, 14 * Minute);

        var received = events.Queues.Texts("q").Select(text => JsonDocument.Parse(text).RootElement).ToArray();
        Assert.Equal(2, received.Length);
        var first = received[0];
        Assert.Equal(["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"],
            first.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("0", "Scheduled Event", "aws.events", "000000000000", "us-east-1", "{}"), (
            first.GetProperty("version").GetString(), first.GetProperty("detail-type").GetString(),
            first.GetProperty("source").GetString(), first.GetProperty("account").GetString(),
            first.GetProperty("region").GetString(), first.GetProperty("detail").GetRawText()));
        Assert.Equal("""["arn:aws:events:us-east-1:000000000000:rule/timed"]""",
            first.GetProperty("resources").GetRawText());
        Assert.Equal(5 * Minute, Time(received[1]) - Time(first));
        Assert.InRange(Time(first) - start, 5 * Minute - TimeSpan.FromSeconds(1), 5 * Minute + Minute);
    }

    [Theory]
    [InlineData("\"Input\":\"{\\\"report\\\":\\\"monthly\\\"}\"", """{"report":"monthly"}""")]
    [InlineData("\"InputPath\":\"$.detail-type\"", "\"Scheduled Event\"")]
    [InlineData("\"InputTransformer\":{\"InputTemplate\":\"\\\"by <aws.events.rule-name>\\\"\"}", "\"by timed\"")]
    [Claim("M1")]
    public async Task A_scheduled_target_receives_what_its_input_says(string input, string expected)
    {
        await using var events = await ScheduledAsync("rate(1 minute)", "," + input);

        await PassAsync(events, Minute);

        Assert.Equal([expected], events.Queues.Texts("q"));
    }

    [Fact]
    public async Task A_jump_of_a_day_fires_each_minute_of_it_once_and_in_order()
    {
        await using var events = await ScheduledAsync("cron(* * * * ? *)");

        await PassAsync(events, TimeSpan.FromDays(1));

        var times = events.World.Journal.After(0).Select(entry => entry.Fact).OfType<ScheduleFired>()
            .Select(fired => fired.Due).ToArray();
        // One more where a minute began while the test was at it.
        Assert.InRange(times.Length, 1_440, 1_441);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(Minute, pair.Second - pair.First));
        Assert.Equal(times.Length, events.Queues.Events.Count);
    }

    [Fact]
    public async Task Times_past_the_bound_are_skipped_and_the_schedule_goes_on()
    {
        await using var events = await ScheduledAsync("rate(1 minute)");

        await PassAsync(events, 3_000 * Minute);
        Assert.Equal(EventBridgeLimits.MaxLateFirings, events.Queues.Events.Count);
        Assert.Single(events.World.Journal.After(0).Select(entry => entry.Fact).OfType<ScheduleSkipped>());
        await PassAsync(events, Minute);

        Assert.Equal(EventBridgeLimits.MaxLateFirings + 1, events.Queues.Events.Count);
    }

    [Fact]
    public async Task Without_room_for_its_deliveries_a_time_is_skipped_with_a_fact()
    {
        await using var events = await EventsOnPortZero.StartAsync(
            new EventBridgeLimits { MaxPendingDeliveries = 0 });
        await TimedAsync(events, "rate(1 minute)");

        await PassAsync(events, Minute);

        Assert.Empty(events.Queues.Events);
        Assert.Single(events.World.Journal.After(0).Select(entry => entry.Fact).OfType<ScheduleSkipped>());
    }

    [Fact]
    public async Task A_disabled_rule_does_not_fire_and_counts_anew_when_it_is_enabled()
    {
        await using var events = await ScheduledAsync("rate(10 minutes)");
        await events.OkAsync("DisableRule", """{"Name":"timed"}""");
        await PassAsync(events, 25 * Minute);
        Assert.Empty(events.Queues.Events);

        await events.OkAsync("EnableRule", """{"Name":"timed"}""");
        await PassAsync(events, 9 * Minute);
        Assert.Empty(events.Queues.Events);
        await PassAsync(events, Minute);

        Assert.Single(events.Queues.Events);
    }

    [Fact]
    public async Task A_changed_schedule_counts_from_the_change_and_an_unchanged_one_goes_on()
    {
        await using var events = await ScheduledAsync("rate(10 minutes)");
        await PassAsync(events, 6 * Minute);
        await TimedAsync(events, "rate(10 minutes)");
        await PassAsync(events, 4 * Minute);
        Assert.Single(events.Queues.Events);

        await TimedAsync(events, "rate(7 minutes)");
        await PassAsync(events, 6 * Minute);
        Assert.Single(events.Queues.Events);
        await PassAsync(events, Minute);
        Assert.Equal(2, events.Queues.Events.Count);

        await events.OkAsync("RemoveTargets", """{"Rule":"timed","Ids":["t"]}""");
        await events.OkAsync("DeleteRule", """{"Name":"timed"}""");
        await PassAsync(events, 60 * Minute);
        Assert.Equal(2, events.Queues.Events.Count);
    }

    [Fact]
    public async Task A_rule_with_a_pattern_and_a_schedule_is_fired_by_both_and_shows_both()
    {
        await using var events = await ScheduledAsync("rate(1 minute)");
        await events.OkAsync("PutRule",
            """{"Name":"timed","ScheduleExpression":"rate(1 minute)","EventPattern":"{\"source\":[\"isobar\"]}"}""");
        await events.PutAsync("{}");
        await PassAsync(events, Minute);

        Assert.Equal(2, events.Queues.Events.Count);
        var shown = await events.OkAsync("DescribeRule", """{"Name":"timed"}""");
        Assert.Equal("rate(1 minute)", shown.GetProperty("ScheduleExpression").GetString());
        Assert.Equal("""{"source":["isobar"]}""", shown.GetProperty("EventPattern").GetString());
    }

    [Fact]
    public async Task A_scheduled_delivery_that_fails_is_tried_again_and_reaches_the_dead_letter_queue()
    {
        await using var events = await ScheduledAsync("rate(1 day)",
            $",\"RetryPolicy\":{{\"MaximumRetryAttempts\":1}},"
            + $"\"DeadLetterConfig\":{{\"Arn\":\"{EventsOnPortZero.QueueArn("dead")}\"}}",
            "arn:aws:lambda:us-east-1:000000000000:function:F");
        events.Functions.Refuse("function:F", 2);

        await PassAsync(events, TimeSpan.FromDays(1));
        await PassAsync(events, Minute);

        var dead = Assert.Single(events.Queues.Events);
        Assert.Equal("dead", dead.Resource);
        Assert.Equal(["ERROR_CODE", "ERROR_MESSAGE", "EXHAUSTED_RETRY_CONDITION", "RETRY_ATTEMPTS", "RULE_ARN",
            "TARGET_ARN"], dead.Event.Attributes.Keys.Order());
    }

    [Fact]
    public async Task A_FIFO_queue_as_target_gets_the_group_of_the_target()
    {
        await using var events = await ScheduledAsync(
            "rate(1 minute)", ",\"SqsParameters\":{\"MessageGroupId\":\"g\"}", EventsOnPortZero.QueueArn("q.fifo"));

        await PassAsync(events, Minute);

        Assert.Equal("g", Assert.Single(events.Queues.Events).Event.MessageGroupId);
    }

    private static async Task<EventsOnPortZero> ScheduledAsync(string schedule, string more = "", string? target = null)
    {
        var events = await EventsOnPortZero.StartAsync();
        await TimedAsync(events, schedule, more, target);
        return events;
    }

    private static async Task TimedAsync(
        EventsOnPortZero events, string schedule, string more = "", string? target = null)
    {
        await events.OkAsync("PutRule", $$"""{"Name":"timed","ScheduleExpression":"{{schedule}}"}""");
        await events.OkAsync("PutTargets", $$"""
            {"Rule":"timed","Targets":[{"Id":"t","Arn":"{{target ?? EventsOnPortZero.QueueArn("q")}}"{{more}} }]}
            """);
    }

    private static async Task PassAsync(EventsOnPortZero events, TimeSpan time)
    {
        events.World.Clock.JumpBy(time);
        await events.QuietAsync();
    }

    private static DateTimeOffset Time(JsonElement happened) => DateTimeOffset.Parse(
        happened.GetProperty("time").GetString()!, CultureInfo.InvariantCulture);
}
