using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.Sns;

namespace Isobar.Local.Tests.Services.Sns;

public sealed class RetryTests
{
    private static readonly string DeadLetters = $$"""{"deadLetterTargetArn":"{{SnsOnPortZero.QueueArn("dead")}}"}""";

    [Fact]
    public async Task A_target_that_fails_is_tried_three_times_at_once_and_then_at_AWSs_intervals()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.FunctionArn("F"));
        sns.Functions.Refuse("function:F", 8);
        var start = sns.World.Journal.LastSequence;
        await sns.PublishAsync("hail");
        await sns.World.Journal.WaitForAsync<DeliveryFailed>(
            fact => sns.World.Journal.After(start).Count(entry => entry.Fact is DeliveryFailed) >= 4,
                TimeSpan.FromSeconds(20), start);
        using var control = new ClockControl(sns.World.Clock, sns.World.Activity, TimeSpan.FromSeconds(20));
        while (sns.Functions.Events.IsEmpty) await control.JumpToNextTimerAsync(TestContext.Current.CancellationToken);
        var facts = sns.World.Journal.After(start);
        var pauses = facts.Where(entry => entry.Fact is DeliveryFailed)
            .Select(entry => Math.Round((((DeliveryFailed)entry.Fact).NextAttempt - entry.Time).TotalSeconds, 1))
                .ToArray();
        Assert.Equal(8, pauses.Length);
        Assert.All(pauses[..3], pause => Assert.InRange(pause, -1, 0));
        Assert.All(pauses[3..6], pause => Assert.InRange(pause, 0.5, 1));
        Assert.InRange(pauses[6], 1, 1.4);
        Assert.InRange(pauses[7], 1.5, 2);
        Assert.Equal(9, Assert.Single(facts.Select(entry => entry.Fact).OfType<DeliverySucceeded>()).Attempts);
    }

    [Fact]
    public void The_rhythm_is_that_of_the_developer_guide()
    {
        Assert.Equal(
            [0, 0, 0, 1, 1, 1], Enumerable.Range(1, 6).Select(retry => RetryPhases.PauseBefore(retry).TotalSeconds));
        Assert.Equal(20, RetryPhases.PauseBefore(15).TotalSeconds, 3);
        Assert.Equal(20, RetryPhases.PauseBefore(16).TotalSeconds);
        // 100,000 pauses of 20 s and a little: 23 days.
        Assert.Equal(23, Enumerable.Range(1, 100_015).Sum(retry => RetryPhases.PauseBefore(retry).TotalDays), 0);
    }

    [Fact]
    public async Task A_message_that_is_given_up_goes_to_the_dead_letter_queue()
    {
        await using var sns = await SnsOnPortZero.StartAsync(new() { MaxRetries = 2 });
        await sns.SubscribeAsync(SnsOnPortZero.FunctionArn("F"), ("RedrivePolicy", DeadLetters));
        sns.Functions.Refuse("function:F", 100);
        var id = await sns.PublishAsync("hail");
        var fact = await sns.World.Journal.WaitForAsync<DeliveryGivenUp>(_ => true, TimeSpan.FromSeconds(20));
        Assert.Equal((id, 3, SnsOnPortZero.QueueArn("dead")), (fact.EventId, fact.Attempts, fact.DeadLetterQueue));
        // As a subscribed queue would receive it, not as the function would have.
        Assert.StartsWith(
            $$"""{"Type":"Notification","MessageId":"{{id}}","TopicArn":""", Assert.Single(sns.Queues.Texts("dead")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_is_gone_is_not_tried_again()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(
            SnsOnPortZero.QueueArn("gone"), ("RedrivePolicy", DeadLetters), ("RawMessageDelivery", "true"));
        sns.Queues.Missing["gone"] = true;
        await sns.PublishAsync("hail");
        var fact = await sns.World.Journal.WaitForAsync<DeliveryGivenUp>(_ => true, TimeSpan.FromSeconds(20));
        Assert.Equal(("ResourceNotFound: The target does not exist.", 1), (fact.Reason, fact.Attempts));
        Assert.Equal("hail", Assert.Single(sns.Queues.Texts("dead")));
    }

    [Fact]
    public async Task Without_a_dead_letter_queue_a_message_is_dropped_and_the_journal_says_so()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("gone"));
        sns.Queues.Missing["gone"] = true;
        await sns.PublishAsync("hail");
        var fact = await sns.World.Journal.WaitForAsync<DeliveryGivenUp>(_ => true, TimeSpan.FromSeconds(20));
        Assert.Null(fact.DeadLetterQueue);
    }

    [Fact]
    public async Task Past_the_bound_of_waiting_deliveries_a_message_is_refused_and_not_delivered()
    {
        await using var sns = await SnsOnPortZero.StartAsync(new() { MaxPendingDeliveries = 3 });
        for (var i = 0; i < 2; i++) await sns.SubscribeAsync(SnsOnPortZero.QueueArn($"q{i}"));
        for (var i = 0; i < 2; i++) sns.Queues.Refuse($"q{i}", 6);
        await sns.PublishAsync("first");
        Assert.Equal("429 Throttled Rate exceeded",
            await sns.ErrorAsync("Publish", ("TopicArn", SnsOnPortZero.TopicArn), ("Message", "second")));
        using var control = new ClockControl(sns.World.Clock, sns.World.Activity, TimeSpan.FromSeconds(20));
        await control.AdvanceByAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await sns.PublishAsync("third");
        Assert.DoesNotContain(sns.Queues.Events, heard => System.Text.Encoding.UTF8.GetString(heard.Event.Payload.Span)
            .Contains("second", StringComparison.Ordinal));
        Assert.Equal(4, sns.Queues.Events.Count);
    }
}
