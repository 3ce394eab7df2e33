using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Delivery;

namespace Isobar.Local.Tests.Lambda.Delivery;

/// <summary>What destinations and dead-letter targets receive, and when.</summary>
public sealed class DestinationTests
{
    private const string Queue = "Destination: 'arn:aws:sqs:us-east-1:000000000000:records'";
    private const string OtherQueue = "Destination: 'arn:aws:sqs:us-east-1:000000000000:failures'";
    private const string DeadLetters = """
              DeadLetterConfig: {TargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead'}
        """;

    [Fact]
    public async Task A_success_reaches_the_OnSuccess_destination_as_AWS_records_it()
    {
        await using var world = await DestinationWorld.StartAsync($"DestinationConfig: {{OnSuccess: {{{Queue}}}}}");
        world.Lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Success("""{"rows":[1, 2]}"""));
        var before = world.Lambda.World.Clock.GetUtcNow();

        var requestId = await world.QueueAsync("""{"station":"Säntis"}""");
        await world.QuietAsync();

        var record = DestinationWorld.Record(world.Queues, "records");
        var timestamp = (string)record["timestamp"]!;
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", timestamp);
        Assert.InRange(DateTimeOffset.Parse(timestamp), before.AddMilliseconds(-1), before.AddMinutes(1));
        Assert.Equal(
            $$$"""
            {"version":"1.0","timestamp":"{{{timestamp}}}","requestContext":{"requestId":"{{{requestId}}}",
            "functionArn":"{{{DestinationWorld.Echo}}}:$LATEST","condition":"Success","approximateInvokeCount":1},
            "requestPayload":{"station":"Säntis"},"responseContext":{"statusCode":200,"executedVersion":"$LATEST"},
            "responsePayload":{"rows":[1, 2]}}
            """.ReplaceLineEndings(""), world.Queues.Texts("records")[0]);
        var sent = world.Queues.Events.Single().Event;
        Assert.Empty(sent.Attributes);
        Assert.StartsWith("Root=1-", sent.TraceHeader);
    }

    [Fact]
    public async Task A_failure_reaches_the_OnFailure_destination_after_its_last_attempt_with_the_functions_error()
    {
        await using var world = await DestinationWorld.StartAsync(
            $"DestinationConfig: {{OnSuccess: {{{Queue}}}, OnFailure: {{{OtherQueue}}}}}");

        await world.QueueAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(world.Queues.Events);
        await world.PassAsync(TimeSpan.FromMinutes(2));

        var record = DestinationWorld.Record(world.Queues, "failures");
        Assert.Equal(("RetriesExhausted", 3), Condition(record));
        Assert.Equal("""{"statusCode":200,"executedVersion":"$LATEST","functionError":"Unhandled"}""",
            record["responseContext"]!.ToJsonString());
        Assert.Equal("on purpose", (string?)record["responsePayload"]!["errorMessage"]);
        Assert.Empty(world.Queues.Texts("records"));
    }

    [Fact]
    public async Task A_failed_event_reaches_the_dead_letter_queue_byte_for_byte_beside_its_record()
    {
        await using var world = await DestinationWorld.StartAsync(
            $"MaximumRetryAttempts: 0, DestinationConfig: {{OnFailure: {{{Queue}}}}}", DeadLetters);

        var requestId = await world.QueueAsync("""{ "n" : 1.0 }""");
        await world.QuietAsync();

        Assert.Equal(("RetriesExhausted", 1), Condition(DestinationWorld.Record(world.Queues, "records")));
        var dead = Assert.Single(world.Queues.Events, heard => heard.Resource == "dead").Event;
        Assert.Equal("""{ "n" : 1.0 }""", Encoding.UTF8.GetString(dead.Payload.Span));
        Assert.Equal(
            [
                ("ErrorCode", "Number", "200"), ("ErrorMessage", "String", "on purpose"),
                ("RequestID", "String", requestId),
            ],
            dead.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute =>
                (attribute.Key, attribute.Value.DataType, Encoding.UTF8.GetString(attribute.Value.Value.Span))));
    }

    [Fact]
    public async Task Without_any_target_a_failed_event_is_only_counted()
    {
        await using var world = await DestinationWorld.StartAsync("MaximumRetryAttempts: 0");
        await world.QueueAsync();
        await world.QuietAsync();
        Assert.Equal(1, (await world.Lambda.FactAsync<AsynchronousEventDropped>()).ApproximateInvokeCount);
    }

    [Fact]
    public async Task A_success_leaves_the_dead_letter_queue_and_OnFailure_alone()
    {
        await using var world = await DestinationWorld.StartAsync(
            $"DestinationConfig: {{OnFailure: {{{Queue}}}}}", DeadLetters);
        world.Lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Success("1"));
        await world.QueueAsync();
        await world.QuietAsync();
        Assert.Empty(world.Queues.Events);
    }

    [Fact]
    public async Task A_synchronous_invocation_sends_no_record()
    {
        await using var world = await DestinationWorld.StartAsync(
            $"DestinationConfig: {{OnSuccess: {{{Queue}}}, OnFailure: {{{Queue}}}}}", DeadLetters);
        await world.Lambda.InvokeAsync("echo", "{}");
        await world.QuietAsync();
        Assert.Empty(world.Queues.Events);
    }

    [Theory]
    [InlineData("", "null")]
    [InlineData("not JSON", "\"not JSON\"")]
    [InlineData("[1]", "[1]")]
    public async Task An_answer_of_any_kind_has_its_place_in_the_record(string answer, string responsePayload)
    {
        await using var world = await DestinationWorld.StartAsync($"DestinationConfig: {{OnSuccess: {{{Queue}}}}}");
        world.Lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Success(answer));
        await world.QueueAsync();
        await world.QuietAsync();
        var record = DestinationWorld.Record(world.Queues, "records").AsObject();
        Assert.True(record.ContainsKey("responsePayload"));
        Assert.Equal(responsePayload, record["responsePayload"]?.ToJsonString() ?? "null");
    }

    [Fact]
    public async Task An_error_message_is_cut_at_1024_bytes_between_characters_and_control_characters_are_replaced()
    {
        await using var world = await DestinationWorld.StartAsync("MaximumRetryAttempts: 0", DeadLetters);
        var error = new JsonObject { ["errorMessage"] = "\u0001" + new string('ü', 2_000) }.ToJsonString();
        world.Lambda.Pool.Run = (_, _) => ValueTask.FromResult(
            EnvironmentsInName.Success(error) with { FunctionError = "Unhandled" });
        await world.QueueAsync();
        await world.QuietAsync();
        var message = Assert.Single(world.Queues.Events).Event.Attributes["ErrorMessage"].Value;
        Assert.Equal("\uFFFD" + new string('ü', 510), Encoding.UTF8.GetString(message.Span));
    }

    [Fact]
    public async Task An_error_without_a_message_gives_no_ErrorMessage()
    {
        await using var world = await DestinationWorld.StartAsync("MaximumRetryAttempts: 0", DeadLetters);
        world.Lambda.Pool.Run = (_, _) => ValueTask.FromResult(
            EnvironmentsInName.Success("[]") with { FunctionError = "Unhandled" });
        await world.QueueAsync();
        await world.QuietAsync();
        Assert.Equal(["ErrorCode", "RequestID"], Assert.Single(world.Queues.Events).Event.Attributes.Keys.Order());
    }

    [Fact]
    public async Task A_reservation_of_zero_gives_a_record_without_a_response_and_the_dead_letter_says_429()
    {
        await using var world = await DestinationWorld.StartAsync(
            $"DestinationConfig: {{OnFailure: {{{Queue}}}}}", DeadLetters + "\n      ReservedConcurrentExecutions: 0");

        await world.QueueAsync();
        await world.QuietAsync();

        var record = DestinationWorld.Record(world.Queues, "records").AsObject();
        Assert.Equal(("ZeroReservedConcurrency", 0), Condition(record));
        Assert.False(record.ContainsKey("responseContext") || record.ContainsKey("responsePayload"));
        var dead = Assert.Single(world.Queues.Events, heard => heard.Resource == "dead").Event;
        Assert.Equal("429", Encoding.UTF8.GetString(dead.Attributes["ErrorCode"].Value.Span));
        Assert.Empty(world.Lambda.Pool.Requests);
    }

    [Fact]
    [Claim("D9")]
    public async Task An_event_that_would_get_too_old_is_given_up_after_its_attempt()
    {
        await using var world = await DestinationWorld.StartAsync(
            $"MaximumEventAgeInSeconds: 60, DestinationConfig: {{OnFailure: {{{Queue}}}}}");
        await world.QueueAsync();
        await world.QuietAsync();
        var record = DestinationWorld.Record(world.Queues, "records");
        Assert.Equal(("EventAgeExceeded", 1), Condition(record));
        Assert.Equal("on purpose", (string?)record["responsePayload"]!["errorMessage"]);
    }

    private static (string?, int) Condition(JsonNode record) =>
        ((string?)record["requestContext"]!["condition"], (int)record["requestContext"]!["approximateInvokeCount"]!);
}
