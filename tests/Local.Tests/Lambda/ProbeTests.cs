using System.Text;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Ownership;

namespace Isobar.Local.Tests.Lambda;

/// <summary>The whole way: HTTP door, concurrency, queue, environments and real processes.</summary>
public sealed class ProbeTests
{
    [Fact]
    public async Task An_echo_comes_back_with_its_log_tail()
    {
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync();

        var answer = await lambda.InvokeAsync("probe", """{"hello":"é"}""", ("X-Amz-Log-Type", "Tail"));

        Assert.Equal((200, """{"hello":"é"}"""), (answer.Status, answer.Body));
        var id = answer.Header("x-amzn-RequestId");
        var log = Encoding.UTF8.GetString(Convert.FromBase64String(answer.Header("X-Amz-Log-Result")!));
        Assert.Contains($"START RequestId: {id} Version: $LATEST\n", log, StringComparison.Ordinal);
        Assert.Contains($"END RequestId: {id}\n", log, StringComparison.Ordinal);
        Assert.Matches($@"REPORT RequestId: {id}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\t", log);
    }

    [Fact]
    public async Task A_thrown_exception_a_timeout_and_an_exit_are_function_errors()
    {
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync("""
              Hasty:
                Type: AWS::Lambda::Function
                Properties:
                  FunctionName: hasty
                  Code: functions/Probe
                  Handler: Probe
                  Runtime: dotnet10
                  Role: arn:aws:iam::000000000000:role/probe
                  Timeout: 1
            """);

        var thrown = await lambda.InvokeAsync("probe", """{"do":"throw","message":"oh"}""");
        var exited = await lambda.InvokeAsync("probe", """{"do":"exit","code":7}""");
        var late = await lambda.InvokeAsync("hasty", """{"do":"sleep","ms":5000}""");
        var after = await lambda.InvokeAsync("probe", "1");

        Assert.All([thrown, exited, late], answer =>
            Assert.Equal((200, "Unhandled"), (answer.Status, answer.Header("X-Amz-Function-Error"))));
        Assert.Equal("oh", (string?)thrown.Json["errorMessage"]);
        Assert.Equal("Runtime.ExitError", (string?)exited.Json["errorType"]);
        Assert.EndsWith("Task timed out after 1.00 seconds", (string?)late.Json["errorMessage"]);
        Assert.Equal("1", after.Body);
    }

    [Fact]
    public async Task The_largest_event_goes_through_whole_and_an_oversized_response_is_an_error()
    {
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync();
        var largest = '"' + new string('a', LambdaLimits.MaxSynchronousPayloadBytes - 2) + '"';

        var echo = await lambda.InvokeAsync("probe", largest);
        var oversized = await lambda.InvokeAsync("probe", """{"do":"bytes","count":6291557}""");

        Assert.Equal(largest, echo.Body);
        Assert.Equal("Function.ResponseSizeTooLarge", (string?)oversized.Json["errorType"]);
    }

    [Fact]
    public async Task An_event_that_always_fails_runs_three_times_in_real_processes()
    {
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync();
        using var clock = new ClockControl(lambda.World.Clock, lambda.World.Activity, TimeSpan.FromSeconds(20));

        await lambda.QueueAsync("probe", """{"do":"throw"}""");
        await clock.AdvanceByAsync(TimeSpan.FromMinutes(3), default);

        var dropped = await lambda.FactAsync<AsynchronousEventDropped>();
        Assert.Equal(("RetriesExhausted", 3), (dropped.Condition, dropped.ApproximateInvokeCount));
        Assert.Single(lambda.Pool.Requests.Select(request => request.RequestId).Distinct());
    }

    [Fact]
    public async Task A_mapping_brings_every_message_to_a_process_once()
    {
        await using var lambda = await LambdaOnPortZero.StartWithProbesAsync($"""
              Mapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  EventSourceArn: {QueueInHand.Queue}
                  FunctionName: !Ref Probe
                  BatchSize: 2
                  ScalingConfig: {"{MaximumConcurrency: 3}"}
            """);

        lambda.Queue.Send(Enumerable.Range(0, 50).Select(i => $"m{i}"));

        await lambda.FactAsync<BatchSucceeded>(_ => lambda.Queue.Left.Count == 0);
        Assert.Equal(50, lambda.Queue.Deleted.Distinct().Count());
        Assert.Empty(lambda.Queue.Stale);
    }
}
