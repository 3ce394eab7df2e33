using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Recorded.Lambda;

/// <summary>What functions do while they run, and how they end.</summary>
internal static class RunningCases
{
    private const string About = "running functions";

    public static IReadOnlyList<LambdaCase> All { get; } =
    [
        Running("A function past its timeout is an Unhandled error that names the timeout, not the time",
            world => FailsAsync(world, """{"do":"sleep","ms":3000}""", "Sandbox.Timedout",
                "RequestId: {id} Error: Task timed out after 1.00 seconds")),
        Running("A function that returns nothing in time answers null",
            world => AnswersAsync(world, """{"do":"sleep","ms":50}""", "null")),
        Running("After a timeout /tmp is as it was and memory is not", async world =>
        {
            await AnswersAsync(world, """{"do":"write","text":"some-content"}""", "null");
            await AnswersAsync(world, """{"do":"read"}""", "\"some-content\"");
            await AnswersAsync(world, """{"do":"count"}""", "1");
            await AnswersAsync(world, """{"do":"count"}""", "2");
            await FailsAsync(world, """{"do":"sleep","ms":3000}""", "Sandbox.Timedout",
                "RequestId: {id} Error: Task timed out after 1.00 seconds");
            await AnswersAsync(world, """{"do":"read"}""", "\"some-content\"");
            await AnswersAsync(world, """{"do":"count"}""", "1");
        }),
        Running("A response over 6 MB is an error of its own, as often as it is tried", async world =>
        {
            for (var time = 0; time < 2; time++)
                await FailsAsync(world, """{"do":"bytes","count":6291557}""", "Function.ResponseSizeTooLarge",
                    "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
        }),
        Running("A process that exits in a handler gives no reason", world => FailsAsync(world,
            """{"do":"exit","code":0}""", "Runtime.ExitError",
            "RequestId: {id} Error: Runtime exited without providing a reason")),
        Running("A process that exits while it starts gives no reason", world => FailsAsync(world, "{}",
            "Runtime.ExitError", "RequestId: {id} Error: Runtime exited without providing a reason"))
            with { Function = "      Environment: {Variables: {PROBE_INIT: 'exit:0'}}" },
        Running("A process that ends with 127 says so", world => FailsAsync(world, """{"do":"exit","code":127}""",
            "Runtime.ExitError", "RequestId: {id} Error: Runtime exited with error: exit status 127")),
        Running("An error while the code is loaded is the answer to the first invocation",
            world => FailsAsync(world, "{}", "ThrownOnPurpose", "init failed"))
            with { Function = "      Environment: {Variables: {PROBE_INIT: fail}}" },
        Running("An exception of the handler is an Unhandled error with status 200", world => FailsAsync(
            world, """{"do":"throw","message":"Handler fails"}""", "ThrownOnPurpose", "Handler fails")),
        Running("The tail of the log has START, the function's lines, END and REPORT", async world =>
        {
            var answer = await world.Lambda.InvokeAsync(
                "echo", """{"do":"log","text":"line"}""", ("X-Amz-Log-Type", "Tail"));
            var id = answer.Header("x-amzn-RequestId");
            Assert.Matches(
                $@"^START RequestId: {id} Version: \$LATEST\nline 1\nEND RequestId: {id}\nREPORT RequestId: {id}\t"
                + @"Duration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 512 MB\tMax Memory Used: \d+ MB\t"
                + @"Init Duration: \d+\.\d\d ms\t\n$",
                Encoding.UTF8.GetString(Convert.FromBase64String(answer.Header("X-Amz-Log-Result")!)));
        }),
        Running("The request id that the caller is told is the one that the function sees", async world =>
        {
            var answer = await world.Lambda.InvokeAsync("echo", """{"do":"headers"}""");
            Assert.Equal(answer.Header("x-amzn-RequestId"), (string?)answer.Json["lambda-runtime-aws-request-id"]);
            Assert.Equal(RecordedWorld.Echo, (string?)answer.Json["lambda-runtime-invoked-function-arn"]);
        }),
        Running("A client context reaches the function decoded", async world =>
        {
            const string context =
                """{"custom":{"foo":"bar"},"client":{"snap":["crackle","pop"]},"env":{"fizz":"buzz"}}""";
            var answer = await world.Lambda.InvokeAsync("echo", """{"do":"headers"}""",
                ("X-Amz-Client-Context", Convert.ToBase64String(Encoding.UTF8.GetBytes(context))));
            Answers.AssertJson(context, JsonNode.Parse((string)answer.Json["lambda-runtime-client-context"]!));
        }),
        Running("A process finds its variables, and the Runtime API at 169.254.100.1:9001", async world =>
        {
            var answer = await world.Lambda.InvokeAsync("echo", """{"do":"environment"}""");
            Assert.Equal("VALUE", (string?)answer.Json["TEST_KEY"]);
            Assert.Equal("AWS_Lambda_dotnet10", (string?)answer.Json["AWS_EXECUTION_ENV"]);
            Assert.Equal("169.254.100.1:9001", (string?)answer.Json["AWS_LAMBDA_RUNTIME_API"]);
        }) with
        {
            Function = "      Environment: {Variables: {TEST_KEY: VALUE}}",
            Differs = "The Runtime API is at a loopback address of this machine.",
        },
    ];

    private static LambdaCase Running(string says, Func<RecordedWorld, Task> check) =>
        new(About, says, check) { Runs = true };

    private static async Task AnswersAsync(RecordedWorld world, string payload, string body)
    {
        var answer = await world.Lambda.InvokeAsync("echo", payload);
        Assert.Equal((200, body, null), (answer.Status, answer.Body, answer.Header("X-Amz-Function-Error")));
    }

    private static async Task FailsAsync(RecordedWorld world, string payload, string errorType, string message)
    {
        var answer = await world.Lambda.InvokeAsync("echo", payload);
        Assert.Equal((200, "Unhandled", "$LATEST"), (answer.Status, answer.Header("X-Amz-Function-Error"),
            answer.Header("X-Amz-Executed-Version")));
        Assert.Equal((errorType, message.Replace("{id}", answer.Header("x-amzn-RequestId"))),
            ((string?)answer.Json["errorType"], (string?)answer.Json["errorMessage"]));
    }
}
