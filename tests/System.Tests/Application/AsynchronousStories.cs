using System.Text.Json.Nodes;
using Isobar.Local.History;
using Isobar.Local.Lambda.Delivery;

namespace Isobar.Stories.Application;

[Collection(OneStack.Name)]
[Concept("Asynchronous invocation: three attempts, at 0, 1 and 3 minutes", "IntakeFunction")]
[Concept("Destination on failure: SQS", "IntakeFunction", "IntakeFailuresQueue")]
public sealed class AsynchronousStories(StackFixture stack)
{
    // An attempt itself takes a moment, a cold start included; it never comes early.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    // Less a little, because the queue's clock is not Lambda's.
    private static readonly TimeSpan ThreeMinutes = TimeSpan.FromSeconds(175);

    [Fact]
    public async Task An_event_that_fails_is_tried_at_0_1_and_3_minutes_then_its_record_reaches_the_failures_queue()
    {
        var before = stack.Host.Journal.LastSequence;
        var original = MissingVersion();
        var answer = await stack.Stack.Calls.InvokeAsync(stack.Stack.LiveOf("IntakeFunction"), original, "Event");
        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
        var requestId = answer.Headers.GetValues("x-amzn-RequestId").Single();

        await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(10), CancellationToken.None);

        var entries = stack.Host.Journal.After(before);
        var queued = At<EventQueued>(entries, fact => fact.RequestId == requestId).Single();
        var attempts = At<AsynchronousAttemptFailed>(entries, fact => fact.RequestId == requestId);
        Assert.Equal([(1, requestId), (2, requestId), (3, requestId)],
            attempts.Select(attempt => (attempt.Fact.Attempt, attempt.Fact.RequestId)));
        Assert.InRange(attempts[0].Time - queued.Time, TimeSpan.Zero, Slack);
        Assert.InRange(attempts[1].Time - attempts[0].Time, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1) + Slack);
        Assert.InRange(attempts[2].Time - attempts[1].Time, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2) + Slack);
        var dropped = At<AsynchronousEventDropped>(entries, fact => fact.RequestId == requestId).Single().Fact;
        Assert.Equal((requestId, "RetriesExhausted", 3),
            (dropped.RequestId, dropped.Condition, dropped.ApproximateInvokeCount));

        await stack.QuietAsync();
        var record = await Queues.TakeAsync(
            stack.Stack, stack.Stack.IntakeFailuresQueueUrl,
            body => (string?)body["requestContext"]!["requestId"] == requestId);
        Assert.Equal(
            ("RetriesExhausted", 3),
            ((string)record!["requestContext"]!["condition"]!,
                (int)record["requestContext"]!["approximateInvokeCount"]!));
        Assert.Equal(original, record["requestPayload"]!.ToJsonString());
        Assert.NotNull(record["responsePayload"]!["errorMessage"]);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task The_record_of_an_event_that_failed_three_times_is_in_the_failures_queue_three_minutes_later()
    {
        var queue = stack.Stack.IntakeFailuresQueueUrl;
        var original = MissingVersion();
        var before = await Queues.NowAsync(stack, queue);

        var answer = await stack.Stack.Calls.InvokeAsync(stack.Stack.LiveOf("IntakeFunction"), original, "Event");
        var requestId = answer.Headers.GetValues("x-amzn-RequestId").Single();
        var message = (await stack.UntilAsync(
            () => Queues.TakeMessageAsync(stack.Stack, queue,
                message => (string?)message.Body["requestContext"]?["requestId"] == requestId),
            message => message is not null))!;

        Assert.True(message.SentAt - before > ThreeMinutes, $"{message.SentAt - before}");
        var context = message.Body["requestContext"]!;
        Assert.Equal(
            (202, "RetriesExhausted", 3),
            ((int)answer.StatusCode, (string?)context["condition"], (int)context["approximateInvokeCount"]!));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(original), message.Body["requestPayload"]));
        Assert.NotNull(message.Body["responsePayload"]!["errorMessage"]);
    }

    private static List<(DateTimeOffset Time, TFact Fact)> At<TFact>(
        IEnumerable<JournalEntry> entries, Func<TFact, bool> condition) =>
    [
        .. from entry in entries
           where entry.Fact is TFact fact && condition(fact)
           select (entry.Time, (TFact)entry.Fact),
    ];

    private string MissingVersion() => new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["eventVersion"] = "2.1",
            ["eventSource"] = "aws:s3",
            ["eventName"] = "ObjectCreated:Put",
            ["s3"] = new JsonObject
            {
                ["bucket"] = new JsonObject { ["name"] = stack.Stack.LandingBucket },
                ["object"] = new JsonObject
                {
                    ["key"] = "never.csv", ["versionId"] = "never", ["sequencer"] = "00", ["size"] = 1,
                },
            },
        }),
    }.ToJsonString();
}
