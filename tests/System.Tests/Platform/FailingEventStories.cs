using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Delivery;

namespace Isobar.Stories.Platform;

/// <summary>Asynchronous events that come to nothing, and what is left of them.</summary>
public sealed class FailingEventStories
{
    private const string Queues = """
          Failures: {Type: AWS::SQS::Queue}
          MoreFailures: {Type: AWS::SQS::Queue}
          DeadLetters: {Type: AWS::SQS::Queue}

        """;

    private static readonly TimeSpan RealTime = TimeSpan.FromSeconds(2);

    // An attempt itself takes a moment.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    [Fact]
    [Claim("D8")]
    [Claim("D9")]
    public async Task A_failing_event_is_tried_at_0_1_and_3_minutes_and_kept_twice_in_2_seconds_of_real_time()
    {
        const string payload = """{"do":"throw","message":"never"}""";
        await using var stack = await ProbeStack.StartAsync(Queues + Function("DestinationConfig: "
            + "{OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}}"));
        // So that the start of a process is not in the measurement.
        await stack.InvokeAsync("ProbeFunction", "1", "RequestResponse");
        var before = stack.Host.Journal.LastSequence;
        var started = TimeProvider.System.GetTimestamp();

        var (requestId, answer) = await stack.InvokeAsync("ProbeFunction", payload, "Event");
        await stack.PassAsync("PT1M");
        Assert.Null(await stack.ReceiveAsync("Failures"));
        await stack.PassAsync("PT2M");
        var record = JsonNode.Parse((string)(await stack.ReceiveAsync("Failures"))!["Body"]!)!;
        var letter = (await stack.ReceiveAsync("DeadLetters"))!;
        var took = TimeProvider.System.GetElapsedTime(started);
        TestContext.Current.TestOutputHelper!.WriteLine($"{took.TotalSeconds:0.000} s of real time");
        Assert.InRange(took, TimeSpan.Zero, RealTime);

        Assert.Empty(answer);
        var context = record["requestContext"]!;
        Assert.Equal((requestId, "RetriesExhausted", 3), ((string?)context["requestId"],
            (string?)context["condition"], (int)context["approximateInvokeCount"]!));
        Assert.EndsWith(":$LATEST", (string?)context["functionArn"]);
        Assert.Equal("never", (string?)record["responsePayload"]!["errorMessage"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(payload), record["requestPayload"]));
        Assert.Equal(payload, (string?)letter["Body"]);
        Assert.Equal((requestId, "200", "never"),
            (Attribute(letter, "RequestID"), Attribute(letter, "ErrorCode"), Attribute(letter, "ErrorMessage")));
        Assert.StartsWith("Root=1-", (string?)letter["Attributes"]!["AWSTraceHeader"]);
        var attempts = stack.Host.Journal.After(before)
            .Where(entry => entry.Fact is EventQueued or AsynchronousAttemptFailed).ToList();
        Assert.All(attempts.Skip(1),
            entry => Assert.Equal(requestId, ((AsynchronousAttemptFailed)entry.Fact).RequestId));
        Assert.Equal(4, attempts.Count);
        foreach (var (entry, minutes) in attempts.Skip(1).Zip((int[])[0, 1, 3]))
        {
            var due = TimeSpan.FromMinutes(minutes);
            Assert.InRange(entry.Time - attempts[0].Time, due, due + Slack);
        }
    }

    [Theory]
    [InlineData("""{"do":"sleep","ms":20000}""", "Sandbox.Timedout", "Task timed out after 4.00 seconds")]
    [InlineData("""{"do":"exit","code":3}""", "Runtime.ExitError", "exit status 3")]
    [InlineData("""{"do":"allocate","mb":400,"ms":3500}""", "Runtime.ExitError", "signal: killed")]
    [Claim("D3")]
    public async Task A_function_that_runs_out_of_time_or_memory_or_exits_leaves_its_event_in_the_OnFailure_queue(
        string payload, string errorType, string message)
    {
        await using var stack = await ProbeStack.StartAsync(Queues + Function("MaximumRetryAttempts: 0, "
            + "DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}}"));

        await stack.InvokeAsync("ProbeFunction", payload, "Event");
        await stack.QuietAsync();

        var record = JsonNode.Parse((string)(await stack.ReceiveAsync("Failures"))!["Body"]!)!;
        Assert.Equal((errorType, 1), ((string?)record["responsePayload"]!["errorType"],
            (int)record["requestContext"]!["approximateInvokeCount"]!));
        Assert.EndsWith(message, (string?)record["responsePayload"]!["errorMessage"]);
        Assert.EndsWith(message, Attribute((await stack.ReceiveAsync("DeadLetters"))!, "ErrorMessage"));
    }

    [Fact]
    [Claim("D2")]
    public async Task A_destination_changed_in_the_template_alone_takes_the_next_event_of_the_same_code()
    {
        var codes = new List<string>();
        string[] targets = ["Failures", "MoreFailures"];
        foreach (var target in targets)
        {
            await using var stack = await ProbeStack.StartAsync(Queues + Function("MaximumRetryAttempts: 0, "
                + $"DestinationConfig: {{OnFailure: {{Type: SQS, Destination: !GetAtt {target}.Arn}}}}"));
            var function = stack.Stack.NameOf("ProbeFunction");
            codes.Add((string)(await stack.Stack.Calls.LambdaAsync(
                HttpMethod.Get, $"/2015-03-31/functions/{function}/configuration"))["CodeSha256"]!);

            await stack.InvokeAsync("ProbeFunction", """{"do":"throw"}""", "Event");
            await stack.QuietAsync();

            Assert.NotNull(await stack.ReceiveAsync(target));
            Assert.Null(await stack.ReceiveAsync(targets.Single(other => other != target)));
        }

        Assert.Single(codes.Distinct());
    }

    private static string Function(string config) => $$"""
          ProbeFunction:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: functions/Probe
              Handler: Probe
              Runtime: dotnet10
              MemorySize: 256
              Timeout: 4
              DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt DeadLetters.Arn}
              EventInvokeConfig: { {{config}} }

        """;

    private static string? Attribute(JsonNode message, string name) =>
        (string?)message["MessageAttributes"]![name]!["StringValue"];
}
