using System.Text;
using System.Text.Json;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.EventBridge;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.EventBridge;

public sealed class DeliveryTests
{
    private const string Function = "arn:aws:lambda:us-east-1:000000000000:function:F";

    [Fact]
    public async Task An_event_reaches_each_target_of_each_matching_rule_once_as_AWS_writes_it()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        for (var rule = 0; rule < 10; rule++)
        {
            await events.RuleAsync(
                string.Join(',', Enumerable.Range(0, 5).Select(i => Target($"t{i}", $"r{rule}q{i}"))), $"r{rule}");
        }

        await events.RuleAsync(Target("t", "never"), "other", """{"source":["other"]}""");
        var id = await events.PutAsync("""{"job":"42"}""", ",\"Resources\":[\"arn:a\"],\"Time\":1768230000.25");
        Assert.Equal(50, events.Queues.Events.Count);
        Assert.Equal(50, events.Queues.Events.Select(heard => heard.Resource).Distinct().Count());
        Assert.Equal(
            $$"""
            {"version":"0","id":"{{id}}","detail-type":"Import","source":"isobar","account":"000000000000",
            "time":"2026-01-12T15:00:00Z","region":"us-east-1","resources":["arn:a"],
            "detail":{"job":"42"}
            }
            """.ReplaceLineEndings(""),
            events.Queues.Texts("r0q0").Single());
    }

    [Theory]
    [InlineData("\"Input\":\"{\\\"fixed\\\": 1}\"", """{"fixed": 1}""")]
    [InlineData("\"InputPath\":\"$.detail.station\"", """{"id":"SZ1","tags":["a","b"]}""")]
    [InlineData("\"InputPath\":\"$.detail.station.tags[1]\"", "\"b\"")]
    [InlineData("\"InputPath\":\"$.detail['station']['id']\"", "\"SZ1\"")]
    [Claim("M1")]
    public async Task A_target_can_have_a_part_or_something_else(string input, string expected)
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync($$"""{"Id":"t","Arn":"{{EventsOnPortZero.QueueArn("q")}}",{{input}}}""");
        await events.PutAsync("""{"station":{"id":"SZ1","tags":["a","b"]}}""");
        Assert.Equal(expected, events.Queues.Texts("q").Single());
    }

    [Theory]
    [InlineData("\"Station <id> of <type>\"", "\"Station SZ1 of Import\"")]
    [InlineData("\"All of <station>, <none>!\"", "\"All of {id:SZ1,tags:[a,b],dry:true}, !\"")]
    [InlineData("\"<dry>\"\n\"<tags>\"", "\"true\"\n\"[a,b]\"")]
    [InlineData("""{"id":<id>,"path":"s/<id>/<id>","all":<station>,"list":[<id>,"x"]}""",
        """{"id":"SZ1","path":"s/SZ1/SZ1","all":{"id":"SZ1","tags":["a","b"],"dry":true},"list":["SZ1","x"]}""")]
    [InlineData("""{"n":<none>,"tags":<tags>}""", """{"n":"","tags":["a","b"]}""")]
    [InlineData(
        "\"<aws.events.rule-name> <aws.events.rule-arn>\"", "\"all arn:aws:events:us-east-1:000000000000:rule/all\"")]
    public async Task A_template_is_filled_from_the_event(string template, string expected)
    {
        await using var events = await TransformAsync(template);
        Assert.Equal(expected, events.Queues.Texts("q").Single());
    }

    [Theory]
    [InlineData("""{"tags":"<tags>"}""")]
    [InlineData("""{"id":"<id>","station":"<station>"}""")]
    [InlineData("""{"a":{"b":["x","all: <station>"]}}""")]
    [InlineData("""["<tags>"]""")]
    [InlineData("\n  {\"numbers\":\"<numbers>\"}")]
    [InlineData("""{"event":"<aws.events.event>"}""")]
    [InlineData("\"Event <aws.events.event.json>\"")]
    [InlineData("<tags> of the station")]
    [InlineData("<type>, <id>")]
    [InlineData("{\"id\":<id>")]
    public async Task An_object_or_list_inside_quotes_and_a_result_that_is_not_JSON_make_no_delivery(string template)
    {
        await using var events = await TransformAsync(template);
        Assert.Empty(events.Queues.Events);
        var unusable = Assert.Single(
            events.World.Journal.After(0).Select(entry => entry.Fact).OfType<TargetInputUnusable>());
        Assert.Equal(("arn:aws:events:us-east-1:000000000000:rule/all", "t"), (unusable.Rule, unusable.Target));
    }

    private static async Task<EventsOnPortZero> TransformAsync(string template)
    {
        var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync($$$"""
            {"Id":"t","Arn":"{{{EventsOnPortZero.QueueArn("q")}}}","InputTransformer":{
            "InputPathsMap":{"id":"$.detail.station.id","type":"$.detail-type","station":"$.detail.station",
            "none":"$.detail.none","tags":"$.detail.station.tags","dry":"$.detail.station.dry",
            "numbers":"$.detail.numbers"},
            "InputTemplate":{{{EventsOnPortZero.Quote(template)}}}
            } }
            """);
        await events.PutAsync("""{"station":{"id":"SZ1","tags":["a","b"],"dry":true},"numbers":[1,2]}""");
        return events;
    }

    [Fact]
    public async Task A_template_can_hold_the_whole_event()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync($$$"""
            {"Id":"t","Arn":"{{{EventsOnPortZero.QueueArn("q")}}}",
            "InputTransformer":{"InputTemplate":"{\"e\":<aws.events.event>,\"j\":<aws.events.event.json>}"}}
            """);
        var id = await events.PutAsync("""{"a":1}""");
        using var got = JsonDocument.Parse(events.Queues.Texts("q").Single());
        Assert.Equal(["version", "id", "detailType", "source", "account", "time", "region", "resources"],
            got.RootElement.GetProperty("e").EnumerateObject().Select(property => property.Name));
        Assert.Equal(id, got.RootElement.GetProperty("j").GetProperty("id").GetString());
        Assert.Equal("""{"a":1}""", got.RootElement.GetProperty("j").GetProperty("detail").GetRawText());
    }

    [Theory]
    [InlineData("""{"DetailType":"d","Detail":"{}"}""", "InvalidArgument",
        "Parameter Source is not valid. Reason: Source is a required argument.")]
    [InlineData("""{"Source":"s","Detail":"{}"}""", "InvalidArgument",
        "Parameter DetailType is not valid. Reason: DetailType is a required argument.")]
    [InlineData("""{"Source":"s","DetailType":"d"}""", "InvalidArgument",
        "Parameter Detail is not valid. Reason: Detail is a required argument.")]
    [InlineData("""{"Source":"s","DetailType":"d","Detail":"[]"}""", "MalformedDetail", "Detail is malformed.")]
    [InlineData("""{"Source":"s","DetailType":"d","Detail":"{\"a\":\"\\ud800\"}"}""", "MalformedDetail",
        "Detail is malformed.")]
    [InlineData("""{"Source":"aws.s3","DetailType":"d","Detail":"{}"}""", "NotAuthorizedForSourceException",
        "Not authorized for the source.")]
    [InlineData("null", "InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument.")]
    public async Task A_bad_entry_fails_alone(string entry, string code, string message)
    {
        await using var events = await EventsOnPortZero.StartAsync();
        var answer = await events.OkAsync("PutEvents",
            $$"""{"Entries":[{{entry}},{"Source":"s","DetailType":"d","Detail":"{}","EventBusName":"nowhere"}]}""");
        Assert.Equal(1, answer.GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal((code, message), (answer.GetProperty("Entries")[0].GetProperty("ErrorCode").GetString(),
            answer.GetProperty("Entries")[0].GetProperty("ErrorMessage").GetString()));
        // A bus that does not exist loses its events without a word, as on AWS.
        Assert.Equal(36, answer.GetProperty("Entries")[1].GetProperty("EventId").GetString()!.Length);
    }

    [Fact]
    public async Task Entries_are_ten_at_most_and_a_megabyte_together()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        string Entries(int count, int bytes) => string.Join(',', Enumerable.Repeat(
            $$$"""{"Source":"s","DetailType":"d","Detail":"{\"a\":\"{{{new string('a', bytes)}}}\"}"}""", count));
        await events.OkAsync("PutEvents", $$"""{"Entries":[{{Entries(10, 1_000)}}]}""");
        Assert.Contains("Member must have length less than or equal to 10",
            await events.ErrorAsync("PutEvents", $$"""{"Entries":[{{Entries(11, 1)}}]}"""), StringComparison.Ordinal);
        await events.OkAsync("PutEvents", $$"""{"Entries":[{{Entries(1, 1_048_576 - 10)}}]}""");
        Assert.Equal("400 ValidationException Total size of the entries in the request is over the limit.",
            await events.ErrorAsync("PutEvents", $$"""{"Entries":[{{Entries(1, 1_048_576 - 9)}}]}"""));
    }

    [Fact]
    public async Task A_disabled_rule_matches_nothing()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync(Target("t", "q"));
        await events.OkAsync("DisableRule", """{"Name":"all"}""");
        await events.PutAsync("{}");
        Assert.Empty(events.Queues.Events);
    }

    [Fact]
    public async Task A_target_that_fails_is_tried_as_often_as_its_retry_policy_says()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync($$$"""
            {"Id":"t","Arn":"{{{Function}}}","RetryPolicy":{"MaximumRetryAttempts":3},
            "DeadLetterConfig":{"Arn":"{{{EventsOnPortZero.QueueArn("dead")}}}"}}
            """);
        events.Functions.Refuse("function:F", 100);
        var id = await events.PutAsync("{}");
        using var control = new ClockControl(events.World.Clock, events.World.Activity, TimeSpan.FromSeconds(20));
        await control.AdvanceByAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
        var facts = events.World.Journal.After(0);
        Assert.Equal([1, 2, 4], facts.Where(entry => entry.Fact is DeliveryFailed).Select(entry =>
            Math.Round((((DeliveryFailed)entry.Fact).NextAttempt - entry.Time).TotalSeconds)));
        var fact = Assert.Single(facts.Select(entry => entry.Fact).OfType<DeliveryGivenUp>());
        Assert.Equal((id, 4), (fact.EventId, fact.Attempts));
        var letter = Assert.Single(events.Queues.Events).Event;
        Assert.Equal(
            [
                ("ERROR_CODE", "InvalidOperationException"), ("EXHAUSTED_RETRY_CONDITION", "MaximumRetryAttempts"),
                ("RETRY_ATTEMPTS", "3"), ("RULE_ARN", "arn:aws:events:us-east-1:000000000000:rule/all"),
                ("TARGET_ARN", Function),
            ],
            letter.Attributes.Where(attribute => attribute.Key != "ERROR_MESSAGE").OrderBy(attribute => attribute.Key)
                .Select(attribute => (attribute.Key, Encoding.UTF8.GetString(attribute.Value.Value.Span))));
    }

    [Fact]
    public async Task An_event_that_grows_too_old_is_given_up()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync(
            $$$"""{"Id":"t","Arn":"{{{Function}}}","RetryPolicy":{"MaximumEventAgeInSeconds":60}}""");
        events.Functions.Refuse("function:F", 100);
        await events.PutAsync("{}");
        using var control = new ClockControl(events.World.Clock, events.World.Activity, TimeSpan.FromSeconds(20));
        await control.AdvanceByAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        // After 1, 2, 4, 8, 16 s the next pause, of 32 s, would end after a minute.
        var fact = Assert.Single(events.World.Journal.After(0).Select(entry => entry.Fact).OfType<DeliveryGivenUp>());
        Assert.Equal((6, null), (fact.Attempts, fact.DeadLetterQueue));
    }

    [Fact]
    public async Task Past_the_bound_of_waiting_deliveries_an_entry_fails()
    {
        await using var events = await EventsOnPortZero.StartAsync(new() { MaxPendingDeliveries = 1 });
        await events.RuleAsync(Target("t", "q"));
        events.Queues.Refuse("q", 1);
        await events.PutAsync("{}");
        var answer =
            await events.OkAsync("PutEvents", """{"Entries":[{"Source":"isobar","DetailType":"d","Detail":"{}"}]}""");
        Assert.Equal("ThrottlingException", answer.GetProperty("Entries")[0].GetProperty("ErrorCode").GetString());
    }

    [Fact]
    public async Task A_service_puts_an_event_with_its_source_and_its_resources()
    {
        await using var events = await EventsOnPortZero.StartAsync();
        await events.RuleAsync(Target("t", "q"), pattern: """{"source":["lambda"],"resources":[{"prefix":"arn:f"}]}""");
        var bus = Arn.TryParse("arn:aws:events:us-east-1:000000000000:event-bus/default")!;
        Assert.True(events.Module.Exists(bus));
        Assert.False(events.Module.Exists(bus with { Resource = "event-bus/none" }));
        await events.Module.DeliverAsync(bus, new TargetEvent("""{"version":"1.0"}"""u8.ToArray(), Deliver.Nobody)
        {
            Source = "lambda", DetailType = "Lambda Function Invocation Result - Failure",
                Resources = [bus.ToString(), "arn:f"],
        }, default);
        await events.QuietAsync();
        Assert.Contains(
            "\"detail\":{\"version\":\"1.0\"}", events.Queues.Texts("q").Single(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<AwsException>(
            () => events.Module.DeliverAsync(bus, "{}"u8.ToArray().AsMemory(), default).AsTask());
    }

    private static string Target(string id, string queue) =>
        $$"""{"Id":"{{id}}","Arn":"{{EventsOnPortZero.QueueArn(queue)}}"}""";
}
