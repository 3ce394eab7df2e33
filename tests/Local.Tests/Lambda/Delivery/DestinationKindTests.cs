using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Lambda.Delivery;

/// <summary>Each kind of target, and what becomes of a record that its target does not take.</summary>
public sealed class DestinationKindTests
{
    private const string Failures = "MaximumRetryAttempts: 0, DestinationConfig: {OnFailure: {Destination: '";

    [Fact]
    public async Task A_topic_receives_the_record_as_its_message()
    {
        await using var world = await DestinationWorld.StartAsync(
            Failures + "arn:aws:sns:us-east-1:000000000000:failed'}}");
        await world.QueueAsync();
        await world.QuietAsync();
        Assert.Equal(1, (int)DestinationWorld.Record(world.Topics, "failed")["requestPayload"]!["n"]!);
    }

    [Theory]
    [InlineData("OnSuccess", "Success")]
    [InlineData("OnFailure", "Failure")]
    public async Task An_event_bus_receives_the_record_as_the_detail_of_an_event_about_bus_and_function(
        string when, string result)
    {
        const string bus = "arn:aws:events:us-east-1:000000000000:event-bus/isobar";
        await using var world = await DestinationWorld.StartAsync(
            $"MaximumRetryAttempts: 0, DestinationConfig: {{{when}: {{Destination: '{bus}'}}}}");
        if (when == "OnSuccess")
            world.Lambda.Pool.Run = (_, _) => ValueTask.FromResult(EnvironmentsInName.Success("1"));

        await world.QueueAsync();
        await world.QuietAsync();

        var sent = Assert.Single(world.Buses.Events).Event;
        Assert.Equal(("lambda", $"Lambda Function Invocation Result - {result}"), (sent.Source, sent.DetailType));
        Assert.Equal([bus, DestinationWorld.Echo + ":$LATEST"], sent.Resources);
    }

    [Fact]
    [Claim("D7")]
    public async Task A_function_is_invoked_asynchronously_with_the_record_in_the_same_trace()
    {
        await using var world = await DestinationWorld.StartAsync(
            Failures + "arn:aws:lambda:us-east-1:000000000000:function:remediate'}}",
            more: LambdaOnPortZero.Function("Remediate", "remediate"));
        world.Lambda.Pool.Run = (function, _) => ValueTask.FromResult(function.FunctionName == "echo"
            ? EnvironmentsInName.Failure()
            : EnvironmentsInName.Success("1"));

        await world.QueueAsync();
        await world.QuietAsync();

        var requests = world.Lambda.Pool.Requests.ToArray();
        Assert.Equal(2, requests.Length);
        var record = JsonNode.Parse(requests[1].Payload.Span)!;
        Assert.Equal(requests[0].RequestId, (string?)record["requestContext"]!["requestId"]);
        Assert.NotEqual(requests[0].RequestId, requests[1].RequestId);
        Assert.Equal(requests[0].TraceId, requests[1].TraceId);
    }

    [Theory]
    [InlineData("sqs", "work.fifo", "FIFO")]
    [InlineData("sns", "work.fifo", "FIFO")]
    [InlineData("sqs", "missing", "The target does not exist.")]
    public async Task A_target_that_can_not_take_it_is_a_failure_that_is_counted_and_not_repeated(
        string service, string resource, string reason)
    {
        await using var world = await DestinationWorld.StartAsync(
            Failures + $"arn:aws:{service}:us-east-1:000000000000:{resource}'}}}}",
            $"      DeadLetterConfig: {{TargetArn: 'arn:aws:{service}:us-east-1:000000000000:{resource}'}}");
        world.Queues.Missing["missing"] = true;

        await world.QueueAsync();
        await world.QueueAsync();
        await world.QuietAsync();

        var record = await world.Lambda.FactAsync<DestinationDeliveryFailed>(fact => fact.Failures == 2);
        Assert.Equal("echo", record.FunctionName);
        Assert.Contains(reason, record.Reason);
        Assert.Contains(reason, (await world.Lambda.FactAsync<DeadLetterFailed>(fact => fact.Failures == 2)).Reason);
        Assert.DoesNotContain(world.Lambda.World.Clock.ArmedTimers(), timer => !timer.IsPassive);
    }

    [Fact]
    public async Task A_record_that_is_too_large_for_its_function_is_a_failure()
    {
        await using var world = await DestinationWorld.StartAsync(
            Failures + "arn:aws:lambda:us-east-1:000000000000:function:remediate'}}",
            more: LambdaOnPortZero.Function("Remediate", "remediate"));
        await world.QueueAsync($"\"{new string('x', 1_048_570)}\"");
        Assert.Contains("RequestTooLargeException", (await world.FailureAsync()).Reason);
    }

    [Fact]
    public async Task A_target_that_is_away_is_tried_again_after_1_2_4_seconds_and_then_given_up()
    {
        await using var world = await DestinationWorld.StartAsync(
            Failures + "arn:aws:sqs:us-east-1:000000000000:records'}}");
        world.Queues.Refuse("records", 3);
        await world.QueueAsync();
        await world.QuietAsync();
        foreach (var pause in (int[])[1, 2])
        {
            await world.PassAsync(TimeSpan.FromSeconds(pause));
            Assert.Empty(world.Queues.Events);
        }

        await world.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Single(world.Queues.Texts("records"));

        world.Queues.Refuse("records", AsynchronousLimits.MaxDeliveryAttempts);
        await world.QueueAsync();
        await world.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(1, (await world.FailureAsync()).Failures);
        Assert.Single(world.Queues.Texts("records"));
    }

    [Fact]
    public async Task A_throttling_target_is_not_a_lasting_refusal()
    {
        await using var world = await DestinationWorld.StartAsync(
            Failures + "arn:aws:sns:us-east-1:000000000000:failed'}}");
        world.Topics.Refusal = () => new AwsException("Throttled", "Rate exceeded", 429);
        world.Topics.Refuse("failed", 1);
        await world.QueueAsync();
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Single(world.Topics.Texts("failed"));
    }
}
